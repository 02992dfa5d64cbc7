package henderson.cli;

import henderson.api.HendersonException;
import henderson.inference.Prediction.Effects;
import picocli.CommandLine.Option;

/** Which random effects predictions of a generalized model are made with. */
final class EffectOptions {
    @Option(
            names = "--effects",
            paramLabel = "modes|means",
            description = "Random effects of a model with a family: posterior modes (default) or means.")
    private String effects = "modes";

    @Option(names = "--fixed-only", description = "Random effects of zero.")
    private boolean fixedOnly;

    @Option(names = "--marginal", description = "Means integrated over the random effects.")
    private boolean marginal;

    Effects kind() {
        if (fixedOnly && marginal) {
            throw new HendersonException("--fixed-only and --marginal exclude each other.");
        }
        Effects asked =
                switch (effects) {
                    case "modes" -> Effects.MODES;
                    case "means" -> Effects.MEANS;
                    default -> throw new HendersonException("--effects is " + effects + "; it can be modes or means.");
                };
        return fixedOnly ? Effects.NONE : marginal ? Effects.MARGINAL : asked;
    }

    /** For titles. */
    static String words(Effects kind) {
        return switch (kind) {
            case MODES -> "at posterior modes";
            case MEANS -> "at posterior means";
            case NONE -> "fixed part only";
            case MARGINAL -> "marginal";
        };
    }
}
