package henderson.cli;

import henderson.api.HendersonException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: arguments in, tables out, a status back. */
public final class Main {
    /** Fitted and certified. */
    static final int GOOD = 0;
    /** Bad input or usage. */
    static final int BAD_INPUT = 1;
    /** Fitted but not certified, or short of digits. */
    static final int NOT_CERTIFIED = 3;
    /** Our own error. */
    static final int OUR_ERROR = 4;

    private Main() {}

    /** Runs and ends the process with the status. */
    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int status = run(args, out, err);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /** UTF-8 whatever the locale: JSON has no other encoding. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /**
     * Runs one command.
     *
     * @return 0 done, 1 bad input or usage, 3 fitted but not certified, 4 our own error
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            Refused.check(args);
            return execute(args, out, err);
        } catch (HendersonException e) {
            err.println(e.describe());
            return BAD_INPUT;
        } catch (OutOfMemoryError e) {
            err.println("There is not enough memory; Java may take "
                    + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB." + System.lineSeparator()
                    + "Maybe give it more: JDK_JAVA_OPTIONS=-Xmx8g.");
            return OUR_ERROR;
        } catch (RuntimeException | Error e) {
            return ourError(e, err);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int execute(String[] args, PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(new RootCommand());
        line.addSubcommand(new FitCommand(out, err));
        line.addSubcommand(new DescribeCommand(out));
        line.addSubcommand(new PluginsCommand(out));
        line.setExpandAtFiles(false);
        line.setOut(writer(out));
        line.setErr(writer(err));
        line.setParameterExceptionHandler((e, given) -> usageError(e, err));
        line.setExecutionExceptionHandler((e, command, result) -> {
            throw e;
        });
        try {
            return line.execute(args);
        } catch (CommandLine.ExecutionException e) {
            if (e.getCause() instanceof HendersonException bad) {
                throw bad;
            }
            throw e;
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static int usageError(ParameterException e, PrintStream err) {
        StringBuilder message = new StringBuilder(e.getMessage().strip().replace('\n', ' '));
        if (message.charAt(message.length() - 1) != '.') {
            message.append('.');
        }
        message.append(System.lineSeparator());
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            message.append("Maybe you meant ")
                    .append(String.join(" or ", unmatched.getSuggestions()))
                    .append('.');
        } else if (e.getMessage().indexOf('~') >= 0) {
            message.append("Maybe put -- before a formula that begins with a minus sign.");
        } else {
            message.append("Maybe see ")
                    .append(e.getCommandLine().getCommandSpec().qualifiedName())
                    .append(" --help.");
        }
        err.println(message);
        return BAD_INPUT;
    }

    private static int ourError(Throwable e, PrintStream err) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        String where;
        try {
            Path file = Files.createTempFile("henderson-", ".txt");
            Files.writeString(file, trace.toString());
            where = "The trace is in " + file + ".";
        } catch (IOException io) {
            where = "No file could be written for the trace.";
        }
        err.println("Henderson made an error: " + oneLine(e) + ". " + where);
        return OUR_ERROR;
    }

    private static String oneLine(Throwable e) {
        return String.valueOf(e).replace('\n', ' ').replace('\r', ' ');
    }
}
