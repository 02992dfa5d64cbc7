package henderson.equations;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Which coordinates of a point a search moves, each in a unit of its own. At first none, in units of one. */
public final class SearchCoordinates {
    private final double[] scale;
    private int[] active = new int[0];

    /** Of points of so many coordinates. */
    public SearchCoordinates(int size) {
        this.scale = new double[size];
        Arrays.fill(scale, 1);
    }

    /** Which of them move from now on. */
    public void restrict(boolean[] free) {
        int[] all = new int[free.length];
        int count = 0;
        for (int k = 0; k < free.length; k++) {
            if (free[k]) {
                all[count++] = k;
            }
        }
        active = Arrays.copyOf(all, count);
    }

    /** Sets the unit of each coordinate of a point. */
    public void scale(double[] units) {
        System.arraycopy(units, 0, scale, 0, scale.length);
    }

    /** Unit of coordinate {@code k} of a point. */
    public double unit(int k) {
        return scale[k];
    }

    /** How many move. */
    public int dimension() {
        return active.length;
    }

    /** Indices of those that move. */
    public int[] active() {
        return active.clone();
    }

    /** Coordinates of the search at a point. */
    public double[] inside(double[] point) {
        double[] x = new double[active.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = point[active[i]] / scale[active[i]];
        }
        return x;
    }

    /** Moves a point to coordinates of the search; the others stay. {@code point} is modified. */
    public void move(double[] x, double[] point) {
        for (int i = 0; i < x.length; i++) {
            point[active[i]] = x[i] * scale[active[i]];
        }
    }

    /** A gradient over all coordinates, by those of the search. {@code out} is modified. */
    public void gradient(double[] full, double[] out) {
        for (int i = 0; i < active.length; i++) {
            out[i] = full[active[i]] * scale[active[i]];
        }
    }

    /** A matrix of second derivatives over all coordinates, by those of the search. {@code out} is modified. */
    public void second(DMatrixRMaj full, DMatrixRMaj out) {
        for (int i = 0; i < active.length; i++) {
            for (int j = 0; j < active.length; j++) {
                out.set(i, j, full.get(active[i], active[j]) * scale[active[i]] * scale[active[j]]);
            }
        }
    }
}
