package henderson.cli;

import henderson.api.HendersonException;

/** The forms a result can be printed in. */
final class Output {
    private Output() {}

    /** Whether JSON is asked for; text is the other one. */
    static boolean json(String output) {
        return switch (output) {
            case "text" -> false;
            case "json" -> true;
            case "html" -> throw Refused.refusal("--output html", "write a page with pictures");
            default -> throw new HendersonException("--output is " + output + "; it can be text or json.");
        };
    }
}
