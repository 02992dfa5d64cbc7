package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Natural;
import henderson.api.Whitening;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * {@code θ²ρ^|s − t|} at ascending whole numbers, {@code ρ = sin τ}: something of linear cost for combinators to stand
 * over. Its whitening says how often it was asked, and can be told to keep its transpose to itself.
 */
final class SerialCorrelation implements BoundStructure {
    private final int[] times;
    private final boolean transposes;
    /** Whitenings made so far. */
    int whitenings;

    SerialCorrelation(boolean transposes, int... times) {
        this.times = times.clone();
        this.transposes = transposes;
    }

    /** At 1, 2, 4, 7, …: gaps that differ. */
    static SerialCorrelation of(int size) {
        int[] times = new int[size];
        java.util.Arrays.setAll(times, i -> 1 + i * (i + 1) / 2);
        return new SerialCorrelation(true, times);
    }

    @Override
    public List<Coordinate> coordinates() {
        if (times.length == 1) {
            return List.of(Coordinate.variance("sd", -1));
        }
        return List.of(
                Coordinate.variance("sd", -1),
                new Coordinate("rho", false, 0, new double[0], Natural.correlation("rho", -1, -1), Math::sin));
    }

    private int gap(int i, int j) {
        return Math.abs(times[i] - times[j]);
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        for (int i = 0; i < at.length; i++) {
            for (int j = 0; j < at.length; j++) {
                int gap = gap(at[i], at[j]);
                out.data[i * at.length + j] = tau[0] * tau[0] * (gap == 0 ? 1 : Math.pow(Math.sin(tau[1]), gap));
            }
        }
        return out;
    }

    @Override
    public DMatrixRMaj boundaryCurvature(double[] tau, DMatrixRMaj score) {
        if (tau[0] != 0) {
            return new DMatrixRMaj(0, 0);
        }
        double[] one = tau.clone();
        one[0] = 1;
        int[] all = java.util.stream.IntStream.range(0, times.length).toArray();
        DMatrixRMaj c = matrix(one, all, new DMatrixRMaj(all.length, all.length));
        double sum = 0;
        for (int i = 0; i < c.data.length; i++) {
            sum += c.data[i] * score.data[i];
        }
        return new DMatrixRMaj(1, 1, true, sum);
    }

    @Override
    public double[] release(double[] tau, DMatrixRMaj score, double t) {
        double[] out = tau.clone();
        out[0] = Math.sqrt(t);
        return out;
    }

    @Override
    public boolean[] free(double[] tau) {
        boolean[] out = new boolean[tau.length];
        java.util.Arrays.fill(out, tau[0] != 0);
        return out;
    }

    @Override
    public Whitening whitening(int[] at) {
        whitenings++;
        return new Markov(at);
    }

    /** {@code eᵢ = (xᵢ − φᵢxᵢ₋₁)/sᵢ}, {@code φᵢ = ρ^gap}, {@code sᵢ² = θ²(1 − φᵢ²)}. */
    private final class Markov implements Whitening {
        private final int[] at;
        private final double[] phi;
        private final double[] s;
        /** Derivatives by ρ's coordinate. */
        private final double[] dPhi;

        private final double[] dS;
        private double theta;
        private double logDeterminant;

        Markov(int[] at) {
            this.at = at.clone();
            this.phi = new double[at.length];
            this.s = new double[at.length];
            this.dPhi = new double[at.length];
            this.dS = new double[at.length];
        }

        @Override
        public boolean update(double[] tau) {
            theta = tau[0];
            logDeterminant = 0;
            double rho = tau.length > 1 ? Math.sin(tau[1]) : 0;
            for (int i = 0; i < at.length; i++) {
                int gap = i == 0 ? 0 : gap(at[i], at[i - 1]);
                phi[i] = i == 0 ? 0 : Math.pow(rho, gap);
                dPhi[i] = i == 0 ? 0 : gap * Math.pow(rho, gap - 1) * Math.cos(tau[1]);
                double root = Math.sqrt(1 - phi[i] * phi[i]);
                s[i] = Math.abs(theta) * root;
                dS[i] = -Math.abs(theta) * phi[i] * dPhi[i] / root;
                if (!(s[i] > 0)) {
                    return false;
                }
                logDeterminant += 2 * Math.log(s[i]);
            }
            return true;
        }

        @Override
        public double logDeterminant() {
            return logDeterminant;
        }

        @Override
        public void whiten(double[] x, int offset, int columns) {
            for (int j = 0; j < columns; j++) {
                for (int i = at.length - 1; i >= 0; i--) {
                    int r = offset + i * columns + j;
                    x[r] = (x[r] - (i == 0 ? 0 : phi[i] * x[r - columns])) / s[i];
                }
            }
        }

        @Override
        public void colour(double[] x, int offset, int columns) {
            for (int j = 0; j < columns; j++) {
                for (int i = 0; i < at.length; i++) {
                    int r = offset + i * columns + j;
                    x[r] = s[i] * x[r] + (i == 0 ? 0 : phi[i] * x[r - columns]);
                }
            }
        }

        @Override
        public boolean transposes() {
            return transposes;
        }

        @Override
        public void whitenTransposed(double[] x, int offset, int columns) {
            for (int j = 0; j < columns; j++) {
                for (int i = 0; i < at.length; i++) {
                    int r = offset + i * columns + j;
                    x[r] /= s[i];
                    if (i + 1 < at.length) {
                        x[r] -= phi[i + 1] * x[r + columns] / s[i + 1];
                    }
                }
            }
        }

        @Override
        public void colourTransposed(double[] x, int offset, int columns) {
            for (int j = 0; j < columns; j++) {
                double later = 0;
                for (int i = at.length - 1; i >= 0; i--) {
                    int r = offset + i * columns + j;
                    later = x[r] + (i + 1 < at.length ? phi[i + 1] * later : 0);
                    x[r] = s[i] * later;
                }
            }
        }

        /** For ρ, with W = C⁻¹: {@code Q = −(∂W C + Cᵀ∂Wᵀ)}. */
        @Override
        public void q(int k, double[] x, int offset, int columns, double[] out) {
            int size = at.length * columns;
            if (k == 0) {
                for (int i = offset; i < offset + size; i++) {
                    out[i] = 2 / theta * x[i];
                }
                return;
            }
            double[] coloured = WorkStack.take(size);
            System.arraycopy(x, offset, coloured, 0, size);
            colour(coloured, 0, columns);
            for (int j = 0; j < columns; j++) {
                for (int i = 0; i < at.length; i++) {
                    out[offset + i * columns + j] = -diagonal(i) * x[offset + i * columns + j];
                    if (i + 1 < at.length) {
                        out[offset + i * columns + j] -= below(i + 1) * x[offset + (i + 1) * columns + j];
                    }
                }
            }
            colourTransposed(out, offset, columns);
            for (int j = 0; j < columns; j++) {
                for (int i = 0; i < at.length; i++) {
                    int r = i * columns + j;
                    out[offset + r] -= diagonal(i) * coloured[r] + (i == 0 ? 0 : below(i) * coloured[r - columns]);
                }
            }
            WorkStack.give(coloured);
        }

        /** {@code ∂Wᵢᵢ}. */
        private double diagonal(int i) {
            return -dS[i] / (s[i] * s[i]);
        }

        /** {@code ∂Wᵢ,ᵢ₋₁}. */
        private double below(int i) {
            return -dPhi[i] / s[i] + phi[i] * dS[i] / (s[i] * s[i]);
        }

        @Override
        public double traceQ(int k) {
            double sum = 0;
            for (int i = 0; i < at.length; i++) {
                sum += k == 0 ? 2 / theta : 2 * dS[i] / s[i];
            }
            return sum;
        }
    }
}
