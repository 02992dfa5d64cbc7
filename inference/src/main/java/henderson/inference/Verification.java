package henderson.inference;

import henderson.api.Certificate;
import henderson.api.Fit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saved fit against the same numbers computed anew at its parameters.
 *
 * @param compared    how many numbers were compared
 * @param differences those that do not agree
 * @param certificate the evidence at the saved parameters, computed anew
 */
public record Verification(int compared, List<Difference> differences, @Nullable Certificate certificate) {
    /** At the same parameters only rounding may differ. */
    private static final double ROUNDING = 1e-8;
    /** Standard errors of variance parameters come from differences of gradients. */
    private static final double DIFFERENCES = 1e-5;

    /**
     * A number that does not agree.
     *
     * @param name  what it is
     * @param saved as it was reported
     * @param now   as it is computed anew
     */
    public record Difference(String name, @Nullable Double saved, @Nullable Double now) {}

    public Verification {
        differences = List.copyOf(differences);
    }

    /** Whether every number agrees and the certificate holds. */
    public boolean holds() {
        return differences.isEmpty() && certificate != null && certificate.holds();
    }

    /** Compares every reported number: log-likelihood, estimates, standard errors, predicted random effects. */
    public static Verification of(Summary saved, Summary now) {
        Check check = new Check();
        double scale = Math.abs(saved.fit().logLikelihood());
        check.near(
                "log likelihood",
                saved.fit().logLikelihood(),
                now.fit().logLikelihood(),
                1e-7 + 1e-12 * scale); // what the project promises of a log-likelihood
        check.near("observations", (double) saved.observations(), (double) now.observations(), 0);
        if (saved.fit().generalized()) {
            check.integration(saved.fit().integrated(), now.fit().integrated(), 1e-7 + 1e-12 * scale);
            check.estimates("the family", saved.auxiliary(), now.auxiliary());
        } else {
            check.near(
                    "residual variance",
                    saved.fit().sigma2(),
                    now.fit().sigma2(),
                    ROUNDING * saved.fit().sigma2());
        }
        check.sameSize("fixed effects", saved.fixed().size(), now.fixed().size());
        for (int j = 0; j < Math.min(saved.fixed().size(), now.fixed().size()); j++) {
            // of a generalized model they come from differences of gradients, too
            double digits = saved.fit().generalized() ? DIFFERENCES : ROUNDING;
            check.fixed(saved.fixed().get(j), now.fixed().get(j), digits);
        }
        check.sameSize("random terms", saved.random().size(), now.random().size());
        for (int t = 0; t < Math.min(saved.random().size(), now.random().size()); t++) {
            String group = saved.random().get(t).term().group();
            check.estimates(
                    group,
                    saved.random().get(t).parameters(),
                    now.random().get(t).parameters());
        }
        check.estimates(
                "residual", saved.residual().parameters(), now.residual().parameters());
        for (int t = 0; t < saved.fit().effects().size(); t++) {
            check.effects(
                    "random effects of " + saved.random().get(t).term().group(),
                    saved.fit().effects().get(t),
                    now.fit().effects().get(t));
        }
        return new Verification(check.compared, check.differences, now.fit().certificate());
    }

    private static final class Check {
        private final List<Difference> differences = new ArrayList<>();
        private int compared;

        void near(String name, @Nullable Double saved, @Nullable Double now, double tolerance) {
            compared++;
            boolean same = saved == null || now == null ? saved == now : Math.abs(saved - now) <= tolerance;
            if (!same) {
                differences.add(new Difference(name, saved, now));
            }
        }

        void sameSize(String name, int saved, int now) {
            near("number of " + name, (double) saved, (double) now, 0);
        }

        void integration(Fit.@Nullable Integrated saved, Fit.@Nullable Integrated now, double tolerance) {
            if (saved != null && now != null) {
                near("integration error", finite(saved.change()), finite(now.change()), 2 * tolerance);
            }
        }

        private static @Nullable Double finite(double x) {
            return Double.isFinite(x) ? (Double) x : null;
        }

        void fixed(Coefficient saved, Coefficient now, double digits) {
            double se = saved.standardError() == null ? 0 : saved.standardError();
            near(saved.name(), saved.estimate(), now.estimate(), ROUNDING * Math.max(Math.abs(saved.estimate()), se));
            near("standard error of " + saved.name(), saved.standardError(), now.standardError(), digits * se);
        }

        void estimates(String of, List<Estimate> saved, List<Estimate> now) {
            sameSize("parameters of " + of, saved.size(), now.size());
            for (int k = 0; k < Math.min(saved.size(), now.size()); k++) {
                Estimate a = saved.get(k);
                Estimate b = now.get(k);
                double se = a.standardError() == null ? 0 : a.standardError();
                String name = a.name() + " of " + of;
                near(name, a.estimate(), b.estimate(), ROUNDING * Math.max(Math.abs(a.estimate()), se));
                near("standard error of " + name, a.standardError(), b.standardError(), DIFFERENCES * se);
            }
        }

        /** Of all levels only the worst is told. */
        void effects(String of, Fit.Effects saved, Fit.Effects now) {
            compared += saved.values().length;
            if (saved.values().length != now.values().length) {
                differences.add(new Difference(
                        "number of " + of, (double) saved.values().length, (double) now.values().length));
                return;
            }
            int q = saved.values().length == 0 ? 1 : saved.conditional().length / saved.values().length;
            int worst = -1;
            double most = ROUNDING;
            for (int i = 0; i < saved.values().length; i++) {
                double sd = Math.sqrt(saved.prediction()[i * q + i % q]);
                double off = Math.abs(saved.values()[i] - now.values()[i])
                        / Math.max(Math.max(Math.abs(saved.values()[i]), sd), Double.MIN_NORMAL);
                if (!(off <= most)) {
                    most = off;
                    worst = i;
                }
            }
            if (worst >= 0) {
                differences.add(new Difference(of, saved.values()[worst], now.values()[worst]));
            }
        }
    }
}
