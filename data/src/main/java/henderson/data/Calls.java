package henderson.data;

import henderson.api.PositionKind;
import henderson.api.Registry;
import henderson.api.Side;
import henderson.api.StructureCall;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words of the grammar for structures made of others, and what their calls look at. */
final class Calls {
    /** Every parameter separate by level. */
    static final String BY = "by";

    /** The variances separate by level, or a function of a number. */
    static final String VARIANCES = "variances";

    /** The product of two structures. */
    static final String PRODUCT = "*";

    /** Which function, where the variances are one. */
    static final String FUNCTION = "function";

    /** Independent residuals of one variance: what people write, and the structure that is meant. */
    private static final String INDEPENDENT = "independent";

    private static final String EQUAL = "identity";

    private Calls() {}

    /** A residual call that says more than independent residuals of one variance, or null. */
    static @Nullable StructureCall residual(@Nullable StructureCall call, Registry registry) {
        if (call == null) {
            return null;
        }
        boolean plain = call.inner().isEmpty() && call.arguments().isEmpty();
        if (plain && call.name().equals(INDEPENDENT)) {
            return null;
        }
        requireKnown(call, registry);
        return plain && registry.structure(Side.RESIDUAL, call.name()).name().equals(EQUAL) ? null : call;
    }

    /** An unknown name is an error that lists the known. */
    private static void requireKnown(StructureCall call, Registry registry) {
        if (call.inner().isEmpty()) {
            registry.structure(Side.RESIDUAL, call.name());
        } else {
            registry.combinator(call.name());
            call.inner().forEach(c -> requireKnown(c, registry));
        }
    }

    /** Columns that a residual call looks at, in the order of the text. */
    static Set<String> columns(StructureCall call, Variables variables) {
        Set<String> out = new LinkedHashSet<>();
        call.inner().forEach(c -> out.addAll(columns(c, variables)));
        out.addAll(call.positions());
        if (call.group() != null) {
            out.addAll(variables.grouping(call.group()));
        }
        return out;
    }

    /** Whether a call says where rows stand. */
    static boolean hasPositions(StructureCall call, Registry registry) {
        return call.inner().isEmpty()
                ? registry.structure(Side.RESIDUAL, call.name()).positions() != PositionKind.NONE
                : call.inner().size() > 1 || hasPositions(call.inner().get(0), registry);
    }
}
