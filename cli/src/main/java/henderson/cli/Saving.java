package henderson.cli;

import henderson.api.HendersonException;
import henderson.data.stata.StataPrinter;
import henderson.inference.RobustCovariance;
import henderson.inference.RowStatistics;
import henderson.inference.Summary;
import henderson.report.FitJson;
import henderson.report.SavedFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes fits as JSON. */
final class Saving {
    private Saving() {}

    /** Before a long fit, not after it. */
    static void requireFolder(@Nullable String file) {
        requireFolder("--save", file);
    }

    /** The same of the file of another option. */
    static void requireFolder(String option, @Nullable String file) {
        if (file == null) {
            return;
        }
        Path folder = Path.of(file).toAbsolutePath().getParent();
        if (Files.isDirectory(Path.of(file)) || folder == null || !Files.isDirectory(folder)) {
            throw new HendersonException(
                    option + " " + file + " cannot be written: there is no such folder, or it is one.");
        }
    }

    /** All that questions after the fit need. */
    static void write(Summary summary, boolean effects, String file) {
        RowStatistics rows = RowStatistics.of(summary.fit());
        try {
            Files.writeString(Path.of(file), FitJson.write(SavedFit.of(summary, rows, effects, command(summary))));
        } catch (IOException e) {
            throw new HendersonException(file + " cannot be written: " + e.getMessage(), null, e);
        }
    }

    /** The results. */
    static String json(Summary summary) {
        return FitJson.write(FitJson.document(summary, command(summary)));
    }

    /** The model as a command of Stata, or null where it has no words for it. */
    private static @Nullable String command(Summary summary) {
        String command;
        try {
            command = StataPrinter.print(
                    summary.fit().model().spec(), summary.fit().options().criterion());
        } catch (HendersonException e) {
            return null;
        }
        RobustCovariance robust = summary.robust();
        if (robust == null) {
            return command;
        }
        String cluster = robust.cluster().replaceFirst("^_all:", "");
        if (cluster.contains(":")) {
            return null;
        }
        // options of the whole command stand after the last equation's comma
        boolean comma = command.indexOf(',', command.lastIndexOf("||") + 1) >= 0;
        String vce = cluster.isEmpty() ? "robust" : "cluster " + cluster;
        return command + (comma ? " " : ", ") + "vce(" + vce + ")";
    }
}
