package henderson.data.stata;

import henderson.api.Expression;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command and the options that say family, link, trials and offsets. */
final class GeneralizedPrinter {
    private final ModelSpec spec;
    private final ModelCommand command;

    private GeneralizedPrinter(ModelSpec spec, ModelCommand command) {
        this.spec = spec;
        this.command = command;
    }

    /** For a linear model {@code mixed} without options. */
    static GeneralizedPrinter of(ModelSpec spec) {
        boolean linear = spec.family().equals("gaussian")
                && (spec.link() == null || spec.link().equals("identity"));
        return new GeneralizedPrinter(spec, linear ? ModelCommand.MIXED : command(spec));
    }

    /** The command with this family and link; meglm where there is none. */
    private static ModelCommand command(ModelSpec spec) {
        for (ModelCommand c : ModelCommand.values()) {
            boolean family = c.family().equals(spec.family())
                    || c == ModelCommand.MENBREG && spec.family().equals(ModelCommand.CONSTANT);
            boolean candidate = !c.linear() && !c.old() && c != ModelCommand.MEGLM;
            if (candidate && family && c.link().equals(spec.link())) {
                return c;
            }
        }
        return ModelCommand.MEGLM;
    }

    String command() {
        return command.word();
    }

    /** The response's name, its trials apart. */
    Expression response() {
        Expression written = spec.formula().response();
        return trials() == null ? written : ((Expression.Binary) written).left();
    }

    private @Nullable Expression trials() {
        boolean counts = spec.family().equals("binomial");
        return counts
                        && spec.formula().response() instanceof Expression.Binary b
                        && b.operator().equals("/")
                ? b.right()
                : null;
    }

    List<String> options() {
        List<String> out = new ArrayList<>();
        String trials = trials() == null ? "" : number(trials());
        if (command == ModelCommand.MEGLM) {
            out.add("family(" + family() + (trials.isEmpty() ? "" : " " + trials) + ")");
            if (spec.link() != null) {
                if (!ModelCommand.LINKS.contains(spec.link())) {
                    throw none("the link " + spec.link());
                }
                out.add("link(" + spec.link() + ")");
            }
        } else if (!trials.isEmpty()) {
            out.add("binomial(" + trials + ")");
        }
        if (command == ModelCommand.MENBREG && spec.family().equals(ModelCommand.CONSTANT)) {
            out.add("dispersion(constant)");
        }
        for (Expression o : spec.formula().offsets()) {
            out.add(offset(o));
        }
        return out;
    }

    private String family() {
        if (spec.family().equals(ModelCommand.CONSTANT)) {
            return "nbinomial constant";
        }
        for (Map.Entry<String, String> e : ModelCommand.FAMILIES.entrySet()) {
            if (e.getValue().equals(spec.family()) && !e.getKey().equals("bernoulli")) {
                return e.getKey();
            }
        }
        throw none("the family " + spec.family());
    }

    private String offset(Expression o) {
        if (command != ModelCommand.MIXED && o instanceof Expression.Name n) {
            return "offset(" + StataPrinter.name(n.name()) + ")";
        }
        boolean counts = command.options().contains("exposure");
        if (counts
                && o instanceof Expression.Call c
                && c.function().equals("log")
                && c.arguments().get(0) instanceof Expression.Name n) {
            return "exposure(" + StataPrinter.name(n.name()) + ")";
        }
        throw none("the offset " + o);
    }

    private static String number(Expression e) {
        if (e instanceof Expression.Name n) {
            return StataPrinter.name(n.name());
        }
        if (e instanceof Expression.Number n && n.text().matches("[1-9]\\d{0,8}")) {
            return n.text();
        }
        throw none("the trials " + e);
    }

    private static HendersonException none(String what) {
        return new HendersonException("Stata has no words for " + what + ".");
    }
}
