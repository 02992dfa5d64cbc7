package henderson.testkit;

import henderson.api.DataReport;
import henderson.api.Expression;
import henderson.api.Formula;
import henderson.api.ModelSpec;
import henderson.api.StructureCall;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Specification and report of a model that was never written down: what somebody would have written. */
final class InMemorySpec {
    static final String INTERCEPT = "(Intercept)";

    private InMemorySpec() {}

    static ModelSpec of(
            String response,
            List<String> fixedNames,
            boolean intercept,
            List<Term> random,
            @Nullable Term residual,
            boolean weighted) {
        Formula formula = new Formula(
                new Expression.Name(response),
                intercept,
                terms(fixedNames),
                List.of(),
                random.stream().map(InMemorySpec::term).toList());
        @Nullable StructureCall call = residual == null ? null : residual.call();
        return new ModelSpec(
                formula, call, weighted ? "w" : null, null, null, Map.of(), java.util.Set.of(), "gaussian", null);
    }

    private static Formula.RandomTerm term(Term t) {
        return new Formula.RandomTerm(
                t.structureName(),
                Map.of(),
                t.columns().contains(INTERCEPT),
                terms(t.columns()),
                List.of(t.group().split(":")));
    }

    private static List<Formula.FixedTerm> terms(List<String> names) {
        return names.stream()
                .filter(n -> !n.equals(INTERCEPT))
                .map(n -> new Formula.FixedTerm(List.of(new Expression.Name(n))))
                .toList();
    }

    static DataReport report(int rows, List<Term> random, List<int[]> levels) {
        List<DataReport.Group> groups = new ArrayList<>();
        for (int t = 0; t < random.size(); t++) {
            String name = random.get(t).group();
            if (groups.stream().noneMatch(g -> g.name().equals(name))) {
                groups.add(group(name, random.get(t).levels().size(), levels.get(t)));
            }
        }
        return new DataReport(
                "memory", "", rows, rows, List.of(), List.of(), List.of(), List.of(), List.copyOf(groups));
    }

    private static DataReport.Group group(String name, int count, int[] level) {
        long[] size = new long[count];
        for (int g : level) {
            size[g]++;
        }
        long min = Long.MAX_VALUE;
        long max = 0;
        for (long s : size) {
            min = Math.min(min, s);
            max = Math.max(max, s);
        }
        return new DataReport.Group(name, count, min, (double) level.length / count, max);
    }
}
