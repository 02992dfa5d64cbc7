package henderson.report;

import henderson.inference.Bootstrap;
import henderson.inference.BootstrapQuantity;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A parametric bootstrap as JSON, {@code "schema": "henderson.bootstrap/1"}. Unknown numbers are null. */
public final class BootstrapJson {
    private BootstrapJson() {}

    private record Document(
            String schema,
            String formula,
            String family,
            String criterion,
            double logLikelihood,
            boolean conditional,
            String drawn,
            long seed,
            int replicates,
            int fitted,
            int boundary,
            List<Bootstrap.Failure> failures,
            double confidenceLevel,
            List<Quantity> quantities) {}

    private record Quantity(
            String kind,
            String name,
            @Nullable String group,
            double estimate,
            @Nullable Double mean,
            @Nullable Double bias,
            @Nullable Double standardError,
            @Nullable Double hessianStandardError,
            int undefined,
            BootstrapQuantity.@Nullable Interval percentile,
            BootstrapQuantity.@Nullable Interval basic,
            BootstrapQuantity.@Nullable Interval normal) {}

    /** The document, ended by a newline. */
    public static String of(Bootstrap b) {
        List<Quantity> quantities = b.quantities().stream()
                .map(q -> new Quantity(
                        q.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        q.name(),
                        q.group(),
                        q.estimate(),
                        q.mean(),
                        q.bias(),
                        q.standardError(),
                        q.hessianError(),
                        q.undefined(),
                        q.percentile(),
                        q.basic(),
                        q.normal()))
                .toList();
        return FitJson.write(new Document(
                "henderson.bootstrap/1",
                b.fit().model().spec().formula().toString(),
                b.fit().model().spec().family(),
                b.fit().options().criterion().name(),
                b.fit().logLikelihood(),
                b.options().conditional(),
                b.drawn(),
                b.options().seed(),
                b.replicates().length,
                b.fitted(),
                b.boundary(),
                b.failures(),
                b.options().level(),
                quantities));
    }
}
