package henderson.report;

import henderson.api.DataReport.Group;
import henderson.api.Formula.RandomTerm;
import henderson.api.Language;
import henderson.inference.Estimate;
import henderson.inference.RandomSummary;
import henderson.inference.Summary;

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
}
