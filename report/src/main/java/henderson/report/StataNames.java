package henderson.report;

import henderson.api.DataReport.Group;
import henderson.api.Formula.RandomTerm;
import henderson.api.Language;
import henderson.api.StructureCall;
import henderson.api.Term;
import henderson.inference.Estimate;
import henderson.inference.RandomSummary;
import henderson.inference.Summary;
import java.util.stream.Collectors;

/**
 * What Stata calls grouping factors of a model in its language: {@code state} for {@code region:state}, and {@code _all}
 * with {@code var(R.x)} for {@code _all:x}. Other models keep their names.
 */
final class StataNames {
    private static final String ALL = "_all:";

    private StataNames() {}

    private static boolean stata(Summary summary) {
        return summary.fit().model().spec().language() == Language.STATA;
    }

    /** The grouping factor that messages call {@code a:b}. */
    static String group(Summary summary, String name) {
        if (!stata(summary)) {
            return name;
        }
        if (name.startsWith(ALL)) {
            return "_all";
        }
        for (RandomTerm r : summary.fit().model().spec().formula().random()) {
            if (r.group().equals(name)) {
                return r.grouping().get(r.grouping().size() - 1);
            }
        }
        return name;
    }

    /** {@code school>class}, {@code _all>sid} in Stata's language; otherwise the name as it is. */
    static String path(Summary summary, String name) {
        return stata(summary) ? name.replace(':', '>') : name;
    }

    /** The same as a line of a table: {@code _all} is one group of all rows. */
    static Group group(Summary summary, Group g) {
        if (stata(summary) && g.name().startsWith(ALL)) {
            long n = summary.fit().model().rows();
            return new Group("_all", 1, n, n, n);
        }
        return new Group(group(summary, g.name()), g.count(), g.min(), g.mean(), g.max());
    }

    /** The name of a variance component. */
    static String parameter(Summary summary, RandomSummary r, Estimate e) {
        boolean crossed = stata(summary) && r.term().group().startsWith(ALL);
        return crossed ? e.name().replace("_cons", "R." + r.term().group().substring(ALL.length())) : e.name();
    }

    /** The residual structure: {@code AR(2)}, {@code Exponential}, {@code MA(1), by sex}. */
    static String residual(Summary summary) {
        Term term = summary.residual().term();
        if (term == null) {
            return StataTable.capitalized(summary.residual().structure());
        }
        StructureCall call = term.call();
        StringBuilder over = new StringBuilder();
        while (call.inner().size() == 1) {
            String function =
                    call.arguments().values().stream().findFirst().orElse("").toString();
            String of = String.join(", ", call.positions());
            over.insert(0, ", " + call.name() + ' ' + (function.isEmpty() ? of : function + '(' + of + ')'));
            call = call.inner().get(0);
        }
        String title = term.structure().title();
        if (title.isEmpty()) {
            title = call.inner().isEmpty()
                    ? StataTable.capitalized(call.name())
                    : call.inner().stream().map(StructureCall::name).collect(Collectors.joining(" * "));
        }
        return title + over;
    }
}
