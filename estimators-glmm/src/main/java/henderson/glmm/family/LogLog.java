package henderson.glmm.family;

import henderson.api.Link;

/** {@code η = −log(−log μ)}: the complementary log-log link of failures, mirrored. */
public final class LogLog implements Link {
    private final Link mirror = new ComplementaryLogLog();

    @Override
    public String name() {
        return "loglog";
    }

    @Override
    public double eta(double mu) {
        return -Math.log(-Math.log(mu));
    }

    @Override
    public void mean(double eta, double[] out) {
        mirror.complement(-eta, out);
        turn(out);
    }

    @Override
    public void complement(double eta, double[] out) {
        mirror.mean(-eta, out);
        turn(out);
    }

    @Override
    public void logMean(double eta, double[] out) {
        mirror.logComplement(-eta, out);
        turn(out);
    }

    @Override
    public void logComplement(double eta, double[] out) {
        mirror.logMean(-eta, out);
        turn(out);
    }

    private static void turn(double[] out) {
        out[1] = -out[1];
        out[3] = -out[3];
    }

    @Override
    public double latentVariance() {
        return Math.PI * Math.PI / 6;
    }

    @Override
    public boolean inDomain(double eta) {
        return !Double.isNaN(eta);
    }
}
