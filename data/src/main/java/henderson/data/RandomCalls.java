package henderson.data;

import henderson.api.ArgumentSpec;
import henderson.api.Combinator;
import henderson.api.Expression;
import henderson.api.Formula.RandomTerm;
import henderson.api.HendersonException;
import henderson.api.Registry;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Random terms as trees of calls. A tag is a structure, or a combinator that takes a matrix ({@code known}); its arguments
 * {@code by}, {@code variances} and, of a combinator, {@code structure} are words of the grammar and become calls.
 */
final class RandomCalls {
    private static final String STRUCTURE = "structure";
    private static final String FREE = "unstructured";

    private RandomCalls() {}

    /** {@code known(by(variances(structure)))}, as much of it as was asked for. */
    static StructureCall of(RandomTerm term, Registry registry) {
        Map<String, Object> rest = new LinkedHashMap<>(term.arguments());
        rest.remove(Calls.BY);
        rest.remove(Calls.VARIANCES);
        Combinator known = registry.combinators().get(term.structure());
        String structure = term.structure();
        Map<String, Object> outer = new LinkedHashMap<>();
        if (known != null && matrix(known) != null) {
            Object asked = rest.remove(STRUCTURE);
            structure = asked == null ? FREE : asked.toString();
            for (String key : List.copyOf(rest.keySet())) {
                boolean own = key.matches("\\d+")
                        || known.arguments().stream().anyMatch(a -> a.name().equals(key));
                if (own) {
                    outer.put(key, rest.remove(key));
                }
            }
        }
        StructureCall call = modified(term, new StructureCall(structure, rest, List.of(), term.group(), List.of()));
        return structure.equals(term.structure())
                ? call
                : new StructureCall(term.structure(), outer, List.of(), term.group(), List.of(call));
    }

    /** The argument of a combinator that is a matrix, or null. */
    static @Nullable ArgumentSpec matrix(Combinator combinator) {
        return combinator.arguments().stream()
                .filter(a -> a.type() == ArgumentSpec.Type.MATRIX)
                .findFirst()
                .orElse(null);
    }

    /** What stands around the structure, over one without arguments. */
    static StructureCall around(RandomTerm term) {
        return modified(term, StructureCall.of(term.structure(), term.group()));
    }

    /** Columns that the words around a structure look at. */
    static List<String> columns(RandomTerm term) {
        List<String> out = new ArrayList<>();
        StructureCall call = around(term);
        while (!call.inner().isEmpty()) {
            out.addAll(call.positions());
            call = call.inner().get(0);
        }
        return out;
    }

    private static StructureCall modified(RandomTerm term, StructureCall structure) {
        StructureCall out = structure;
        Object variances = term.arguments().get(Calls.VARIANCES);
        if (variances != null) {
            Parser parser = parser(term, Calls.VARIANCES, variances);
            out = Modifiers.variances(parser, whole(parser), out);
        }
        Object by = term.arguments().get(Calls.BY);
        if (by != null) {
            Parser parser = parser(term, Calls.BY, by);
            out = Modifiers.by(parser, whole(parser), out);
        }
        return out;
    }

    private static Parser parser(RandomTerm term, String word, Object value) {
        if (!(value instanceof String text)) {
            throw new HendersonException(
                    "'" + word + " = " + value + "' of the term '" + term + "' names no variable.",
                    "Maybe " + word + " = sex.");
        }
        return new Parser(new Source("Argument '" + word + "'", text));
    }

    private static Expression whole(Parser parser) {
        Expression out = parser.expression(Expression.precedence(":"));
        parser.expectEnd();
        return out;
    }
}
