package henderson.em;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Natural;
import henderson.api.PositionKind;
import henderson.api.Positions;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Structures without a closed M-step, written with as little as the interface asks for. */
final class Open {
    private Open() {}

    /** Another kind without its closed form, its own factor and its own rules at the boundary. */
    static CovarianceStructure of(CovarianceStructure kind) {
        return new Kind("open-" + kind.name(), kind.positions()) {
            @Override
            public BoundStructure bind(Arguments arguments, Positions positions) {
                return new Bare(kind.bind(arguments, positions));
            }
        };
    }

    /** {@code θ²ρ^|i − j|}, ρ = sin τ. */
    static CovarianceStructure autoregressive() {
        return new Kind("open-ar", PositionKind.NONE) {
            @Override
            public BoundStructure bind(Arguments arguments, Positions positions) {
                return new BoundStructure() {
                    @Override
                    public List<Coordinate> coordinates() {
                        return List.of(Coordinate.variance("sd", -1), Coordinate.correlation("rho"));
                    }

                    @Override
                    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                        double rho = Math.sin(tau[1]);
                        for (int i = 0; i < at.length; i++) {
                            for (int j = 0; j < at.length; j++) {
                                out.set(i, j, tau[0] * tau[0] * Math.pow(rho, Math.abs(at[i] - at[j])));
                            }
                        }
                        return out;
                    }
                };
            }
        };
    }

    private abstract static class Kind implements CovarianceStructure {
        private final String name;
        private final PositionKind positions;

        Kind(String name, PositionKind positions) {
            this.name = name;
            this.positions = positions;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PositionKind positions() {
            return positions;
        }
    }

    private record Bare(BoundStructure inner) implements BoundStructure {
        @Override
        public List<Coordinate> coordinates() {
            return inner.coordinates();
        }

        @Override
        public List<Natural> naturals() {
            return inner.naturals();
        }

        @Override
        public double[] natural(double[] tau) {
            return inner.natural(tau);
        }

        @Override
        public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
            return inner.matrix(tau, at, out);
        }
    }
}
