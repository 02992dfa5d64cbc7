package henderson.validation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as JSON of schema {@value #SCHEMA}: every figure of every case. */
public final class ValidationJson {
    /** Name and version of the format. */
    public static final String SCHEMA = "henderson.validation/1";

    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setPrettyPrinting()
            .create();

    private ValidationJson() {}

    private record Document(String schema, int agree, int fallShort, int skipped, List<Result> results) {}

    private record Result(
            String id,
            String title,
            @Nullable String estimator,
            String outcome,
            @Nullable String reason,
            double seconds,
            List<Figure> figures) {}

    private record Figure(
            String quantity,
            String name,
            String expected,
            String got,
            @Nullable Double digits,
            @Nullable Double demanded,
            boolean agrees,
            boolean higher) {}

    /** The document, with a line break at its end. */
    public static String of(ValidationReport report) {
        List<Result> results =
                report.results().stream().map(ValidationJson::result).toList();
        return GSON.toJson(new Document(SCHEMA, report.agree(), report.fallShort(), report.skipped(), results))
                + System.lineSeparator();
    }

    private static Result result(CaseResult r) {
        return new Result(
                r.id(),
                r.title(),
                r.estimator().isEmpty() ? null : r.estimator(),
                r.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                r.reason(),
                Math.rint(1e3 * r.seconds()) / 1e3,
                r.checks().stream().map(ValidationJson::figure).toList());
    }

    private static Figure figure(Check k) {
        boolean fact = k.quantity() == Quantity.FACT;
        return new Figure(
                k.quantity().label(),
                k.name(),
                k.expected(),
                k.got(),
                fact ? null : (Double) tenths(k.digits()),
                fact ? null : (Double) tenths(k.demanded()),
                k.agrees(),
                k.higher());
    }

    private static double tenths(double digits) {
        return Math.floor(10 * digits) / 10;
    }
}
