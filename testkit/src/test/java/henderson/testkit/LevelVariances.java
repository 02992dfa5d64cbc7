package henderson.testkit;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.Coordinate;
import henderson.api.Natural;
import henderson.api.Positions;
import henderson.api.Scale;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * One variance a level, the rest from the structure within: {@code θ_l θ_m C_ij}. No snap at zero: where levels correlate,
 * the matrix has a first derivative in {@code θ_l} there.
 */
class LevelVariances implements Combinator {
    @Override
    public String name() {
        return "level-variances";
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions pairs, List<BoundStructure> inner) {
        return new Bound(pairs, inner.get(0));
    }

    /** Bound; tests break parts of it. */
    static class Bound implements BoundStructure {
        private final Positions pairs;
        private final BoundStructure inner;
        /** Levels that have a position. */
        private final int used;

        Bound(Positions pairs, BoundStructure inner) {
            this.pairs = pairs;
            this.inner = inner;
            this.used = Math.min(pairs.levels().size(), pairs.size());
        }

        @Override
        public List<String> levels() {
            return pairs.levels().subList(0, used);
        }

        @Override
        public List<Coordinate> coordinates() {
            List<Coordinate> out = new ArrayList<>();
            for (String level : levels()) {
                Natural natural = new Natural("var", -1, -1, List.of(level), Scale.LOG);
                out.add(new Coordinate("sd " + level, true, 1, new double[0], natural, t -> t * t));
            }
            List<Coordinate> within = inner.coordinates();
            for (int k = 0; k < within.size(); k++) {
                if (k != inner.held()) {
                    out.add(within.get(k));
                }
            }
            return out;
        }

        @Override
        public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
            double[] within = new double[inner.coordinates().size()];
            for (int k = 0, next = used; k < within.length; k++) {
                within[k] = k == inner.held() ? 1 : tau[next++];
            }
            int[] index = new int[at.length];
            for (int i = 0; i < at.length; i++) {
                index[i] = pairs.second(at[i]);
            }
            inner.matrix(within, index, out);
            for (int i = 0; i < at.length; i++) {
                for (int j = 0; j < at.length; j++) {
                    double scale = tau[pairs.first(at[i])] * tau[pairs.first(at[j])];
                    out.set(i, j, out.get(i, j) * scale);
                }
            }
            return out;
        }
    }
}
