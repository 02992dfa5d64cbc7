package henderson.data;

import henderson.api.Expression;
import henderson.api.Language;

/** How a language names the columns of a design, and where it puts the constant. */
enum ColumnNames {
    /** {@code (Intercept)} first, {@code race2}, {@code race2:x}. */
    R {
        @Override
        String constant() {
            return "(Intercept)";
        }

        @Override
        String level(Expression variable, String column, String level) {
            return variable + level;
        }

        @Override
        String number(Expression e, boolean interacted) {
            return e.toString();
        }

        @Override
        String interaction(String done, String next) {
            return done + ":" + next;
        }
    },
    /** {@code _cons} last, {@code 2.race}, {@code 2.race#c.x}, {@code c.x#c.x}. */
    STATA {
        @Override
        String constant() {
            return "_cons";
        }

        @Override
        String level(Expression variable, String column, String level) {
            return level + "." + column;
        }

        @Override
        String number(Expression e, boolean interacted) {
            if (e instanceof Expression.Call c && c.function().equals("I")) {
                Expression inner = c.arguments().get(0);
                if (inner instanceof Expression.Binary b && b.left() instanceof Expression.Name n) {
                    if (b.operator().equals("==")) {
                        return b.right() + "." + n.name();
                    }
                    if (b.operator().equals("^") && b.right() instanceof Expression.Number k && k.value() <= 8) {
                        return String.join("#", java.util.Collections.nCopies((int) k.value(), "c." + n.name()));
                    }
                }
            }
            String name = e instanceof Expression.Name n ? n.name() : e.toString();
            return interacted ? "c." + name : name;
        }

        /** Blocks come last variable first, so that the last one's columns vary fastest. */
        @Override
        String interaction(String done, String next) {
            return next + "#" + done;
        }
    };

    static ColumnNames of(Language language) {
        return language == Language.STATA ? STATA : R;
    }

    /** The constant. */
    abstract String constant();

    /** The indicator of a level of a column, which stood as {@code variable} in the formula. */
    abstract String level(Expression variable, String column, String level);

    /** A column of numbers; {@code interacted}: as a part of a product. */
    abstract String number(Expression e, boolean interacted);

    /** The product of columns joined so far and the next one. */
    abstract String interaction(String done, String next);

    /** A column in groups of a level. */
    String ofLevel(String level, String column) {
        return interaction(level, column);
    }

    /** Whether the constant is the last column. */
    boolean constantLast() {
        return this == STATA;
    }
}
