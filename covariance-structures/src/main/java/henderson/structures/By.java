package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.HendersonException;
import henderson.api.Positions;
import java.util.List;

/**
 * Every parameter separate per level of a factor; positions of different levels do not correlate. Own part of a pair: the
 * level. Stands over one structure for all levels, or over as many as there are levels, each bound to the positions of its
 * own: then the inner index of a pair is one of its level's structure.
 */
public final class By implements Combinator {
    /** The combinator. */
    public By() {}

    @Override
    public String name() {
        return "by";
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions pairs, List<BoundStructure> inner) {
        Places places = Places.of(pairs);
        Levels levels = Levels.of(pairs, places);
        if (levels.names().size() < 2) {
            throw new HendersonException(
                    "The factor of 'by' has 1 level ('" + String.join("', '", levels.names())
                            + "') in the rows used; parameters by level need at least 2.",
                    "Maybe leave out 'by'.");
        }
        if (inner.size() != pairs.levels().size()) {
            Combined.requireInner(name(), inner, 1);
        }
        List<BoundStructure> ofLevels = new java.util.ArrayList<>();
        for (int index : levels.index()) {
            ofLevels.add(inner.get(inner.size() == 1 ? 0 : index));
        }
        return new BoundBy(places, levels, ofLevels);
    }
}
