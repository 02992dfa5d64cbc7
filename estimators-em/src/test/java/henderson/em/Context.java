package henderson.em;

import henderson.api.Clusters;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.Registry;
import henderson.equations.SequentialClusters;
import henderson.newton.Newton;
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
        return new Context(installed(), clusters, FitListener.SILENT);
    }

    static Context with(FitListener listener) {
        return new Context(installed(), new SequentialClusters(), listener);
    }

    private static Registry installed() {
        return Registry.of(
                List.of(new Identity(), new Independent(), new Exchangeable(), new Unstructured()),
                List.of(),
                List.of(),
                List.of(),
                List.of(new TrustRegionNewton()),
                List.of(new Newton()));
    }
}
