package org.example.grid;

import henderson.api.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What may be behind a search that is slow to end: pairs of predictors, with their figures. */
final class Culprits {
    private static final double SCALES = 1e4;
    private static final double COLLINEAR = 0.999;

    private Culprits() {}

    static List<String> of(Model model, Sums sums, Profile at) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < sums.p; i++) {
            for (int j = 0; j < i; j++) {
                double scales = Math.sqrt(sums.all[i][i] / sums.all[j][j]);
                double correlation = at.inverse[i][j] / Math.sqrt(at.inverse[i][i] * at.inverse[j][j]);
                boolean constant = i == model.interceptColumn() || j == model.interceptColumn();
                if (!constant && (Math.abs(Math.log(scales)) > Math.log(SCALES) || Math.abs(correlation) > COLLINEAR)) {
                    out.add(String.format(
                            Locale.ROOT,
                            "predictors %s and %s: their sizes are as 1 to %.1e, the correlation of their estimates is"
                                    + " %.6f",
                            model.fixedNames().get(j),
                            model.fixedNames().get(i),
                            scales,
                            correlation));
                }
            }
        }
        out.add(String.format(Locale.ROOT, "the Newton decrement is %.1e", at.decrement()));
        return out;
    }
}
