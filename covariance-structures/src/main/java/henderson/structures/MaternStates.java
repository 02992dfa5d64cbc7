package henderson.structures;

/**
 * A Matérn process of ν = m − ½ on a line as a Markov process of m states, itself and its m − 1 derivatives in units of the
 * range: {@code (D + 1)^m f = white noise}, theory (64), (65). With a nugget the row is {@code cos(t) f + sin(t) ε}.
 */
final class MaternStates extends StateSpace {
    /** {@code e^{−z}} counts as zero beyond. */
    private static final double FAR = 745;

    /** F + I of the process's equation {@code da = Fa + noise}, by m. */
    private static final double[][] SHIFTED = {{0}, {1, 1, -1, -1}, {1, 1, 0, 0, 1, 1, -1, -3, -2}};

    /** Derivative j of the response {@code z^{m−1}e^{−z}/(m−1)!} to a unit of noise: coefficients of z^k, by m. */
    private static final double[][][] RESPONSE = {
        {{1}}, {{0, 1}, {1, -1}}, {{0, 0, 0.5}, {0, 1, -0.5}, {1, -2, 0.5}},
    };

    /** Strength of the noise that makes the variance 1, by m. */
    private static final double[] NOISE = {2, 4, 16 / 3.0};

    private final int m;
    private final boolean nugget;
    /** Different distances of neighbours, in reference distances. */
    private final double[] gaps;
    /** ∫ s^k e^{−2s} ds from 0 to z, k ≤ 2m − 2. */
    private final double[] integrals;

    private final double[] response;
    private final double[] power;
    private final double[] spare;

    MaternStates(int m, boolean nugget, double[] gaps) {
        super(m, nugget ? 2 : 1, gaps.length);
        this.m = m;
        this.nugget = nugget;
        this.gaps = gaps;
        this.integrals = new double[2 * m - 1];
        this.response = new double[m];
        this.power = new double[m * m];
        this.spare = new double[m * m];
        Gamma.lower(Double.POSITIVE_INFINITY, integrals);
        setNoise(p);
    }

    @Override
    void update(double[] tau) {
        h[0] = 1;
        if (nugget) {
            h[0] = Angles.cos(tau[2]);
            hSlope[1][0] = -Math.sin(tau[2]);
            noise = Math.sin(tau[2]) * Math.sin(tau[2]);
            noiseSlope[1] = 2 * Math.sin(tau[2]) * Angles.cos(tau[2]);
        }
        double x = Decay.at(tau[1]);
        for (int s = 0; s < gaps.length; s++) {
            double z = gaps[s] * x;
            Transition step = steps[s];
            Gamma.lower(2 * z, integrals);
            setNoise(step.q);
            if (z < FAR) {
                setStep(z, gaps[s] * Decay.slope(tau[1]), step);
            } else {
                java.util.Arrays.fill(step.t, 0);
                java.util.Arrays.fill(step.tSlope[0], 0);
                java.util.Arrays.fill(step.qSlope[0], 0);
            }
        }
    }

    /** {@code Q_ij = noise ∫ g_i g_j ds}. */
    private void setNoise(double[] q) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                double sum = 0;
                for (int a = 0; a < m; a++) {
                    for (int b = 0; b < m; b++) {
                        int k = a + b;
                        sum += RESPONSE[m - 1][i][a] * RESPONSE[m - 1][j][b] * integrals[k] / (1 << (k + 1));
                    }
                }
                q[i * m + j] = NOISE[m - 1] * sum;
            }
        }
    }

    /** {@code T = e^{Fz} = e^{−z} Σ (F + I)^k z^k/k!}, {@code ∂T = FT ∂z}, {@code ∂Q = noise g gᵀ ∂z}. */
    private void setStep(double z, double slope, Transition step) {
        double[] shifted = SHIFTED[m - 1];
        double e = Math.exp(-z);
        java.util.Arrays.fill(power, 0);
        java.util.Arrays.fill(step.t, 0);
        for (int i = 0; i < m; i++) {
            power[i * m + i] = e;
        }
        for (int k = 0; k < m; k++) {
            for (int i = 0; i < m * m; i++) {
                step.t[i] += power[i];
            }
            multiply(shifted, power, spare);
            for (int i = 0; i < m * m; i++) {
                power[i] = spare[i] * z / (k + 1);
            }
        }
        multiply(shifted, step.t, spare);
        for (int i = 0; i < m * m; i++) {
            step.tSlope[0][i] = slope * (spare[i] - step.t[i]);
        }
        for (int i = 0; i < m; i++) {
            double sum = 0;
            for (int k = m - 1; k >= 0; k--) {
                sum = sum * z + RESPONSE[m - 1][i][k];
            }
            response[i] = sum * e;
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                step.qSlope[0][i * m + j] = NOISE[m - 1] * response[i] * response[j] * slope;
            }
        }
    }

    private void multiply(double[] a, double[] b, double[] out) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                double sum = 0;
                for (int l = 0; l < m; l++) {
                    sum += a[i * m + l] * b[l * m + j];
                }
                out[i * m + j] = sum;
            }
        }
    }
}
