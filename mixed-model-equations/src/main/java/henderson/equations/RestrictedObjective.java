package henderson.equations;

import henderson.api.Objective;

/** An objective over some coordinates of a point, the others staying where they are. */
public interface RestrictedObjective extends Objective {
    /** Fixes the point from which inactive coordinates are taken, and the active ones. */
    void restrict(double[] point, boolean[] free);

    /** Coordinates of the search at the full point {@code point}. */
    double[] inside(double[] point);

    /** The full point of the coordinates {@code x} of the search. */
    double[] outside(double[] x);
}
