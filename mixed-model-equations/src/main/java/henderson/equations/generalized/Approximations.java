package henderson.equations.generalized;

import henderson.api.Clusters;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.equations.LaplaceApproximation;
import henderson.equations.ModeEquations;

/** Makes approximations for models. */
public final class Approximations {
    private Approximations() {}

    /**
     * The approximation of a model's likelihood by a rule.
     *
     * @throws HendersonException for a quadrature of crossed random effects, and for a grid that is too large
     */
    public static Approximation of(Model model, Integration integration, Clusters clusters) {
        NestedRows rows = NestedRows.of(model);
        if (rows != null) {
            return new NestedApproximation(rows, integration, clusters);
        }
        if (integration.method() != Integration.Method.LAPLACE) {
            throw new HendersonException(
                    "Integration '" + integration
                            + "' needs nested grouping factors; those of this model are crossed, and"
                            + " its integrals do not factor.",
                    "Maybe take --integration laplace.");
        }
        return new CrossedApproximation(new LaplaceApproximation(ModeEquations.of(model)));
    }

    /**
     * Another rule for the model of a given approximation, on the same rows and from the same modes: the two are used in turn,
     * by one thread.
     *
     * @throws HendersonException as {@link #of}
     */
    public static Approximation like(Approximation given, Model model, Integration integration, Clusters clusters) {
        return given instanceof NestedApproximation nested ? nested.by(integration) : of(model, integration, clusters);
    }

    /** {@code −2 log L} of a model with its random effects left out; Λ is not looked at. */
    public static Approximation withoutRandomEffects(Model model, Clusters clusters) {
        return new NestedApproximation(NestedRows.withoutRandomEffects(model), Integration.LAPLACE, clusters);
    }

    /** As {@link #of}; a model without random effects has each row for a cluster. */
    static Approximation byCluster(Model model, Integration integration, Clusters clusters) {
        return model.random().isEmpty()
                ? new NestedApproximation(NestedRows.single(model), Integration.LAPLACE, clusters)
                : of(model, integration, clusters);
    }

    /** Whether each grouping factor of a model lies within another, or is the only one. */
    public static boolean nested(Model model) {
        return Factors.of(model) != null;
    }
}
