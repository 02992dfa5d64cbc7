package henderson.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what someone may have meant. */
final class Names {
    private static final int SHOWN = 12;

    private Names() {}

    /** A line of advice: names like the one asked for, or all of them when they are few. */
    static String advice(String asked, Collection<String> known) {
        List<String> near = new ArrayList<>(known);
        near.removeIf(k -> !alike(asked, k));
        near.sort(Comparator.comparingInt(k -> distance(lower(asked), lower(k))));
        if (!near.isEmpty()) {
            return "Maybe you meant '" + String.join("' or '", near.subList(0, Math.min(3, near.size()))) + "'.";
        }
        List<String> all = new ArrayList<>(known);
        return all.size() <= SHOWN
                ? "Maybe one of: " + String.join(", ", all) + "."
                : "Maybe one of: " + String.join(", ", all.subList(0, SHOWN)) + ", … (" + all.size() + " columns).";
    }

    private static boolean alike(String asked, String known) {
        String a = lower(asked);
        String k = lower(known);
        int close = Math.max(1, Math.min(a.length(), k.length()) / 3);
        return distance(a, k) <= close || a.length() >= 3 && (k.startsWith(a) || a.startsWith(k) && k.length() >= 3);
    }

    private static String lower(String s) {
        return s.toLowerCase(Locale.ROOT);
    }

    /** Fewest insertions, deletions and replacements. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
