package henderson.inference;

import henderson.api.Fit;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether every model of one specification is one of another: fixed columns by name, then each random term. */
final class Nested {
    private Nested() {}

    /** Why the small fit is not inside the large one, or null. */
    static @Nullable String obstacle(Fit small, Fit large) {
        for (String name : small.model().fixedNames()) {
            if (!large.model().fixedNames().contains(name)) {
                return "it has the fixed effect " + name + ", and the other has not";
            }
        }
        if (!Objects.equals(
                small.model().spec().formula().offsets(),
                large.model().spec().formula().offsets())) {
            return "their offsets differ";
        }
        if (small.residual() != null
                && !(large.residual() != null
                        && small.residual()
                                .term()
                                .structureName()
                                .equals(large.residual().term().structureName()))) {
            return "it has the residual structure " + small.residual().term().structureName()
                    + ", and the other has not";
        }
        return randomObstacle(small.model().random(), large.model().random());
    }

    private static @Nullable String randomObstacle(List<Term> small, List<Term> large) {
        for (Term term : small) {
            Set<String> left = new HashSet<>(term.columns());
            for (Term over : large) {
                if (over.group().equals(term.group())) {
                    left.removeAll(over.columns());
                }
            }
            if (!left.isEmpty()) {
                return "it has random effects of " + term.group() + " (" + String.join(", ", term.columns())
                        + "), and the other has not";
            }
        }
        for (Term over : large) {
            List<Term> inside = new ArrayList<>();
            small.stream().filter(s -> overlaps(s, over)).forEach(inside::add);
            for (Term term : inside) {
                if (!contained(term, over, inside.size())) {
                    return "the covariance matrices of '" + term + "' are not all among those of '" + over + "'";
                }
            }
        }
        return null;
    }

    private static boolean overlaps(Term a, Term b) {
        return a.group().equals(b.group()) && a.columns().stream().anyMatch(b.columns()::contains);
    }

    /** Whether what a term leaves of its columns in a larger one can be said there. */
    private static boolean contained(Term small, Term large, int together) {
        boolean all = new HashSet<>(large.columns()).containsAll(small.columns());
        boolean same = all && small.columns().size() == large.columns().size();
        if (same && together == 1 && small.structureName().equals(large.structureName())) {
            return small.call().arguments().equals(large.call().arguments());
        }
        return switch (large.structureName()) {
            case "unstructured" -> all || uncorrelated(small) && !tied(small);
            case "independent" -> uncorrelated(small) && (all || !tied(small));
            case "exchangeable" ->
                same && together == 1 && small.structureName().equals("identity");
            default -> same && together == 1 && small.columns().size() == 1;
        };
    }

    private static boolean uncorrelated(Term t) {
        return t.columns().size() == 1
                || t.structureName().equals("independent")
                || t.structureName().equals("identity");
    }

    /** Whether its variances are one. */
    private static boolean tied(Term t) {
        return t.columns().size() > 1 && !t.structureName().equals("independent");
    }
}
