package henderson.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What might help after a mistake on the command line. */
final class Advice {
    /** Letters that may be wrong, missing, too many or swapped. */
    private static final int SLIPS = 2;

    private Advice() {}

    static String of(ParameterException e, String[] args) {
        for (String arg : args) {
            if (arg.startsWith("-") && arg.indexOf('~') > 0) {
                return "Maybe put -- before a formula that begins with a minus sign.";
            }
        }
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String near = e instanceof UnmatchedArgumentException u ? nearest(u.getUnmatched(), command) : null;
        return near == null ? "Maybe see " + command.qualifiedName() + " --help." : "Maybe you meant " + near + ".";
    }

    private static @Nullable String nearest(List<String> unmatched, CommandSpec command) {
        if (unmatched.isEmpty()) {
            return null;
        }
        String word = unmatched.get(0);
        Set<String> known = new TreeSet<>(
                word.startsWith("-")
                        ? command.optionsMap().keySet()
                        : command.subcommands().keySet());
        String best = null;
        int least = SLIPS + 1;
        for (String candidate : known) {
            int slips = distance(word, candidate);
            if (slips < least) {
                least = slips;
                best = candidate;
            }
        }
        return best;
    }

    /** Letters changed, left out, put in, or swapped with their neighbour. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
