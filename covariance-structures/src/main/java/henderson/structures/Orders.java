package henderson.structures;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.HendersonException;
import java.util.List;

/** Order arguments of kinds, and the limits on them. */
final class Orders {
    /** As many as the positions allow. */
    static final int FULL = Integer.MAX_VALUE;

    /** Kinds with a parameter or a dense row for each position take no more of them. */
    static final int MOST_OCCASIONS = 2000;

    private Orders() {}

    static ArgumentSpec spec(String name, int byDefault) {
        return new ArgumentSpec(name, ArgumentSpec.Type.INTEGER, List.of(), byDefault);
    }

    /** An order of at least {@code least}. */
    static int atLeast(int least, String kind, String argument, Arguments arguments) {
        int order = arguments.integer(argument);
        if (order < least) {
            throw new HendersonException(
                    "Structure '" + kind + "' is of " + argument + " " + order + "; it must be at least " + least + ".",
                    "Maybe " + kind + "(…, " + argument + " = " + Math.max(1, least) + ") was meant.");
        }
        return order;
    }

    /** Refuses an order that no list of positions is long enough for. */
    static void requireBelow(int occasions, String kind, int order) {
        if (order >= occasions) {
            throw new HendersonException(
                    "Structure '" + kind + "' of order " + order + " needs more than " + order
                            + " occasions; there are " + occasions + ".",
                    "Maybe choose an order below " + occasions + ", or another time variable.");
        }
    }

    /** Refuses more occasions than a kind that is dense in them can hold. */
    static void requireFew(int occasions, String kind, String instead) {
        if (occasions > MOST_OCCASIONS) {
            throw new HendersonException(
                    "Structure '" + kind + "' over " + occasions + " occasions; at most " + MOST_OCCASIONS + ".",
                    "Maybe " + instead + ".");
        }
    }
}
