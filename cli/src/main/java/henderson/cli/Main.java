package henderson.cli;

import henderson.api.HendersonException;
import henderson.framework.Henderson;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

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

    /** The commands, in the order of the help. */
    private static final List<String> VERBS = List.of(
            "fit",
            "stata",
            "describe",
            "plugins",
            "validate",
            "predict",
            "lrtest",
            "estat",
            "verify",
            "groups",
            "lincom",
            "test",
            "bootstrap");

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
            if (System.getProperty("henderson.dense") != null || System.getProperty("henderson.dense.from") != null) {
                Henderson.denseBackend(); // says what is wrong with them before a fit begins
            }
            return execute(args, out, err);
        } catch (HendersonException e) {
            err.println(e.describe());
            return BAD_INPUT;
        } catch (InvalidPathException e) {
            err.println("'" + e.getInput() + "' cannot be the name of a file: " + e.getReason() + ".");
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
        Verb asked = args.length == 0 ? null : verb(args[0], out, err);
        if (asked != null) {
            line.addSubcommand(args[0], described(asked)); // the others take longer to describe than a small fit takes
        } else {
            VERBS.forEach(name -> line.addSubcommand(name, described(verb(name, out, err))));
        }
        line.setExpandAtFiles(false);
        line.setOut(writer(out));
        line.setErr(writer(err));
        try {
            ParseResult parsed = line.parseArgs(args);
            Integer helped = CommandLine.executeHelpRequest(parsed);
            return helped == null ? call(line, parsed) : helped;
        } catch (ParameterException e) {
            return usageError(e, args, err);
        }
    }

    private static Object described(Verb verb) {
        return verb instanceof FitCommand fit ? FitArguments.declare(fit) : verb;
    }

    private static @Nullable Verb verb(String name, PrintStream out, PrintStream err) {
        return switch (name) {
            case "fit" -> new FitCommand(out, err);
            case "stata" -> new StataVerb(out);
            case "describe" -> new DescribeCommand(out);
            case "plugins" -> new PluginsCommand(out);
            case "validate" -> new ValidateCommand(out);
            case "predict" -> new PredictCommand(out, err);
            case "lrtest" -> new LrtestCommand(out);
            case "estat" -> new EstatCommand(out);
            case "verify" -> new VerifyCommand(out);
            case "groups" -> new GroupsCommand(out);
            case "lincom" -> new LincomCommand(out);
            case "test" -> new TestCommand(out);
            case "bootstrap" -> new BootstrapCommand(out);
            default -> null;
        };
    }

    private static int call(CommandLine line, ParseResult parsed) {
        if (!parsed.hasSubcommand()) {
            throw new ParameterException(line, "There is no command.");
        }
        Verb verb = (Verb) parsed.subcommand().commandSpec().userObject();
        if (verb instanceof FitCommand fit) {
            fit.take(parsed.subcommand());
        }
        return verb.run();
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static int usageError(ParameterException e, String[] args, PrintStream err) {
        String message = e.getMessage().strip().replace('\n', ' ');
        err.println(message.endsWith(".") ? message : message + ".");
        err.println(Advice.of(e, args));
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
