package henderson.report;

import henderson.inference.Verification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out of checking a saved fit. */
public final class VerificationText {
    private VerificationText() {}

    /** The text, each line ended by a newline. */
    public static String of(Verification v, @Nullable String dataChanged) {
        List<String> lines = new ArrayList<>();
        if (dataChanged != null) {
            lines.add(dataChanged);
        }
        lines.add(
                v.differences().isEmpty()
                        ? "All " + v.compared() + " numbers agree with what the data give at the saved parameters."
                        : v.differences().size() + " of " + v.compared()
                                + " numbers do not agree with what the data give at the saved parameters:");
        for (Verification.Difference d : v.differences()) {
            lines.add("  " + d.name() + ": saved " + number(d.saved()) + ", now " + number(d.now()));
        }
        lines.add(Remarks.certificate(v.certificate()));
        lines.add(v.holds() && dataChanged == null ? "Verified." : "Not verified.");
        return EstatText.text(lines);
    }

    private static String number(@Nullable Double x) {
        return x == null ? "none" : Double.toString(x);
    }
}
