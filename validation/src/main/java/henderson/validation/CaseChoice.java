package henderson.validation;

import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which cases are meant. */
final class CaseChoice {
    private static final int SUGGESTIONS = 5;

    private CaseChoice() {}

    /**
     * The cases asked for, in the order of the files.
     *
     * @param ids   empty: all, without the large ones when {@code quick}
     * @throws HendersonException for an id that is none; the message lists the nearest ones
     */
    static List<ReferenceCase> of(List<ReferenceCase> all, List<String> ids, boolean quick) {
        for (String id : ids) {
            if (all.stream().noneMatch(c -> c.id().equals(id))) {
                throw new HendersonException(
                        "No case has the id '" + id + "'; there are " + all.size() + " cases.",
                        "Maybe one of: " + String.join(", ", nearest(all, id)) + ".");
            }
        }
        return all.stream()
                .filter(c -> ids.isEmpty() ? !(quick && c.large()) : ids.contains(c.id()))
                .toList();
    }

    private static List<String> nearest(List<ReferenceCase> all, String id) {
        String wanted = id.toLowerCase(Locale.ROOT);
        List<String> ids = new ArrayList<>(all.stream().map(ReferenceCase::id).toList());
        ids.sort(Comparator.<String>comparingInt(known -> known.contains(wanted) ? 0 : 1)
                .thenComparingInt(known -> edits(known, wanted)));
        return ids.subList(0, Math.min(SUGGESTIONS, ids.size()));
    }

    /** Letters to insert, delete or replace to make one text of the other. */
    static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
