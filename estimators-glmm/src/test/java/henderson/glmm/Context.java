package henderson.glmm;

import henderson.api.Clusters;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.Registry;
import henderson.equations.SequentialClusters;
import henderson.newton.Newton;
import henderson.optimizers.Bfgs;
import henderson.optimizers.Bobyqa;
import henderson.optimizers.LimitedMemoryBfgs;
import henderson.optimizers.NelderMead;
import henderson.optimizers.OjAlgoSqp;
import henderson.optimizers.TrustRegionNewton;
import henderson.structures.Exchangeable;
import henderson.structures.Identity;
import henderson.structures.Independent;
import henderson.structures.Unstructured;
import java.util.List;

/** What a fit needs, by hand. */
record Context(Registry registry, Clusters clusters, FitListener listener) implements FitContext {
    static Context plain() {
        return with(new SequentialClusters());
    }

    static Context with(Clusters clusters) {
        Registry registry = Registry.of(
                List.of(new Identity(), new Independent(), new Exchangeable(), new Unstructured()),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new TrustRegionNewton(),
                        new Bfgs(),
                        new LimitedMemoryBfgs(),
                        new OjAlgoSqp(),
                        new Bobyqa(),
                        new NelderMead()),
                List.of(new Newton(), new Glmm()));
        return new Context(registry, clusters, FitListener.SILENT);
    }
}
