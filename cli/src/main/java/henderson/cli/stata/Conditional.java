package henderson.cli.stata;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.inference.Prediction.Effects;
import org.jspecify.annotations.Nullable;

/** {@code conditional(ebmeans | ebmodes | fixedonly)} and {@code marginal}. */
final class Conditional {
    private Conditional() {}

    /**
     * What is asked for. By default posterior means; modes after the older commands, and where means are not known, as with
     * crossed random effects.
     */
    static Effects of(Words words, Fitted fitted) {
        String asked = words.argument("conditional", 4);
        boolean marginal = words.has("marginal", 4);
        if (asked != null && marginal) {
            throw new HendersonException("Command: conditional() and marginal exclude each other.");
        }
        return marginal ? Effects.MARGINAL : asked == null ? usual(words, fitted) : named(asked);
    }

    private static Effects named(String asked) {
        return switch (asked) {
            case "ebmeans" -> Effects.MEANS;
            case "ebmodes" -> Effects.MODES;
            case "fixedonly" -> Effects.NONE;
            default ->
                throw new HendersonException(
                        "Command: conditional() cannot be '" + asked + "'.", "Maybe ebmeans, ebmodes or fixedonly.");
        };
    }

    private static Effects usual(Words words, Fitted fitted) {
        Fit.@Nullable Integrated i = fitted.fit().integrated();
        if (i == null || words.has("ebmodes", 4)) {
            return Effects.MODES;
        }
        if (words.has("ebmeans", 4)) {
            return Effects.MEANS;
        }
        if (words.has("fixedonly", 5)) {
            return Effects.NONE;
        }
        boolean old = fitted.command().name().matches("meqr.*|xtme.*");
        return old || i.means().isEmpty() ? Effects.MODES : Effects.MEANS;
    }

    /** For titles. */
    static String text(Effects kind) {
        return switch (kind) {
            case MODES -> "conditional(ebmodes)";
            case MEANS -> "conditional(ebmeans)";
            case NONE -> "conditional(fixedonly)";
            case MARGINAL -> "marginal";
        };
    }
}
