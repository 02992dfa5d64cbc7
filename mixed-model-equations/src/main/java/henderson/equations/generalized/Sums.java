package henderson.equations.generalized;

import java.util.Arrays;

/** What is summed over clusters: log-likelihood and its derivatives. */
final class Sums {
    double logLikelihood;
    /** p. */
    final double[] byBeta;
    /** q × q by depth. */
    final double[][] byLambda;

    final double[] byPhi;

    Sums(NestedRows rows) {
        this.byBeta = new double[rows.p];
        this.byPhi = new double[rows.auxiliaries];
        this.byLambda = new double[rows.depths][];
        for (int l = 0; l < rows.depths; l++) {
            byLambda[l] = new double[rows.width[l] * rows.width[l]];
        }
    }

    void clear() {
        logLikelihood = 0;
        Arrays.fill(byBeta, 0);
        Arrays.fill(byPhi, 0);
        for (double[] m : byLambda) {
            Arrays.fill(m, 0);
        }
    }

    void add(Sums other) {
        logLikelihood += other.logLikelihood;
        add(byBeta, other.byBeta);
        add(byPhi, other.byPhi);
        for (int l = 0; l < byLambda.length; l++) {
            add(byLambda[l], other.byLambda[l]);
        }
    }

    private static void add(double[] into, double[] from) {
        for (int i = 0; i < into.length; i++) {
            into[i] += from[i];
        }
    }
}
