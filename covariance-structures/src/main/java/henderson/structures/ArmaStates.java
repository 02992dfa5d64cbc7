package henderson.structures;

/**
 * An ARMA(p, q) process as {@code y_t = Σ θ_l ξ_{t−l}/√g} of an AR(p) process ξ of variance 1, {@code θ_0 = 1}; the states
 * are {@code ξ_t, …, ξ_{t−r+1}}, {@code r = max(p, q + 1)}, theory (57). A gap of m occasions is the m-th power of one step,
 * by squaring.
 */
final class ArmaStates extends StateSpace {
    private final int p;
    private final int q;
    private final double[] gaps;
    private final PartialAutocorrelations ar;
    private final PartialAutocorrelations ma;
    /** θ_0 = 1, θ_1, …, θ_q. */
    private final double[] theta;

    private final double[][] thetaSlope;
    /** Correlations of ξ, lags 0 … r. */
    private final double[] xi;

    private final double[][] xiSlope;
    private final Transition one;
    private final Transition power;
    private final Transition spare;

    /**
     * The process between rows.
     *
     * @param gaps different whole distances of neighbouring rows, ascending
     */
    ArmaStates(int p, int q, double[] gaps) {
        super(Math.max(p, q + 1), p + q, gaps.length);
        this.p = p;
        this.q = q;
        this.gaps = gaps;
        this.ar = new PartialAutocorrelations(p, 1);
        this.ma = new PartialAutocorrelations(q, -1);
        this.theta = new double[q + 1];
        this.thetaSlope = new double[p + q][q + 1];
        this.xi = new double[Math.max(states, p) + 1];
        this.xiSlope = new double[p + q][xi.length];
        this.one = new Transition(states, parameters);
        this.power = new Transition(states, parameters);
        this.spare = new Transition(states, parameters);
    }

    @Override
    void update(double[] tau) {
        ar.update(tau, 1);
        ma.update(tau, 1 + p);
        ar.correlations(xi.length - 1, xi);
        for (int k = 0; k < p; k++) {
            ar.correlationSlopes(k, xi.length - 1, xi, xiSlope[k]);
        }
        theta[0] = 1;
        for (int l = 0; l < q; l++) {
            theta[l + 1] = -ma.phi[l];
            for (int k = 0; k < q; k++) {
                thetaSlope[p + k][l + 1] = -ma.phiSlope[k][l];
            }
        }
        setRow();
        setCovariance();
        setOneStep();
        for (int s = 0; s < steps.length; s++) {
            setPower((int) gaps[s], steps[s]);
        }
    }

    /** {@code h = θ/√g}, {@code g = Σ θ_l θ_m r_{|l−m|}}. */
    private void setRow() {
        double g = 0;
        for (int l = 0; l <= q; l++) {
            for (int m = 0; m <= q; m++) {
                g += theta[l] * theta[m] * xi[Math.abs(l - m)];
            }
        }
        double root = Math.sqrt(g);
        for (int k = 0; k < parameters; k++) {
            double slope = 0;
            for (int l = 0; l <= q; l++) {
                for (int m = 0; m <= q; m++) {
                    slope += 2 * thetaSlope[k][l] * theta[m] * xi[Math.abs(l - m)]
                            + theta[l] * theta[m] * xiSlope[k][Math.abs(l - m)];
                }
            }
            for (int l = 0; l <= q; l++) {
                hSlope[k][l] = (thetaSlope[k][l] - theta[l] * slope / (2 * g)) / root;
            }
        }
        for (int l = 0; l <= q; l++) {
            h[l] = theta[l] / root;
        }
    }

    private void setCovariance() {
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                super.p[i * states + j] = xi[Math.abs(i - j)];
                for (int k = 0; k < parameters; k++) {
                    pSlope[k][i * states + j] = xiSlope[k][Math.abs(i - j)];
                }
            }
        }
    }

    private void setOneStep() {
        one.standStill();
        one.t[0] = 0;
        for (int i = 1; i < states; i++) {
            one.t[i * states + i] = 0;
            one.t[i * states + i - 1] = 1;
        }
        one.q[0] = ar.v;
        for (int j = 0; j < p; j++) {
            one.t[j] = ar.phi[j];
        }
        for (int k = 0; k < p; k++) {
            System.arraycopy(ar.phiSlope[k], 0, one.tSlope[k], 0, p);
            one.qSlope[k][0] = ar.vSlope[k];
        }
    }

    /** {@code out ←} {@code gap} single steps. */
    private void setPower(int gap, Transition out) {
        out.standStill();
        power.set(one);
        for (int rest = gap; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                power.after(out, spare);
                out.set(spare);
            }
            if (rest > 1) {
                power.after(power, spare);
                power.set(spare);
            }
        }
    }
}
