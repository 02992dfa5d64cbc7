package henderson.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A language that peers are called from: its interpreter, and the scripts that time a call. */
enum Language {
    R("Rscript") {
        @Override
        String versions(Set<String> libraries) {
            return "options(warn = -1)\n"
                    + "cat(\"R\\t\", R.version$major, \".\", R.version$minor, \"\\n\", sep = \"\")\n"
                    + "cat(\"BLAS of R\\t\", extSoftVersion()[[\"BLAS\"]], \"\\n\", sep = \"\")\n"
                    + "for (each in c(" + quoted(libraries) + ")) if (requireNamespace(each, quietly = TRUE))\n"
                    + "    cat(each, \"\\t\", as.character(packageVersion(each)), \"\\n\", sep = \"\")\n";
        }

        @Override
        String warm(Peer peer, Path data) {
            return start(peer, data)
                    + """
                    invisible(gc())
                    cpu <- elapsed <- numeric(0)
                    repeat {
                        began <- proc.time()
                        result <- suppressWarnings(suppressMessages(%s))
                        used <- proc.time() - began
                        cpu <- c(cpu, used[["user.self"]] + used[["sys.self"]])
                        elapsed <- c(elapsed, used[["elapsed"]])
                        if (elapsed[1] >= 1 || length(cpu) >= 10 || sum(elapsed) >= 3) break
                    }
                    # a short first call pays for what later ones find ready
                    if (length(cpu) > 1) { cpu <- cpu[-1]; elapsed <- elapsed[-1] }
                    value <- tryCatch(as.numeric(logLik(result)), error = function(e) NA)
                    cat("\\n%s", paste(cpu, collapse = ","), paste(elapsed, collapse = ","),
                        if (is.na(value)) "NaN" else sprintf("%%.8f", value), sep = "\\t")
                    cat("\\n")
                    """
                            .formatted(peer.call(), MARK);
        }

        @Override
        String cold(Peer peer, Path data) {
            return start(peer, data) + "fit <- " + peer.call() + "\nprint(summary(fit))\n";
        }

        private String start(Peer peer, Path data) {
            return "suppressWarnings(suppressMessages(library(" + peer.library() + ")))\n" + "data <- read.csv(\""
                    + data + "\")\n" + peer.prepare() + "\n";
        }
    },
    PYTHON("python3") {
        @Override
        String versions(Set<String> libraries) {
            return "import sys, importlib\n"
                    + "print('Python\\t' + sys.version.split()[0])\n"
                    + "for each in [" + quoted(libraries) + "]:\n"
                    + "    try:\n"
                    + "        print(each + '\\t' + importlib.import_module(each).__version__)\n"
                    + "    except ImportError:\n"
                    + "        pass\n";
        }

        @Override
        String warm(Peer peer, Path data) {
            return start(data)
                    + """
                    cpu, elapsed = [], []
                    while True:
                        began, used = time.perf_counter(), time.process_time()
                        result = %s
                        cpu.append(time.process_time() - used)
                        elapsed.append(time.perf_counter() - began)
                        if elapsed[0] >= 1 or len(cpu) >= 10 or sum(elapsed) >= 3:
                            break
                    # a short first call pays for what later ones find ready
                    if len(cpu) > 1:
                        cpu, elapsed = cpu[1:], elapsed[1:]
                    print("%s", ",".join(map(str, cpu)), ",".join(map(str, elapsed)), "%%.8f" %% result.llf, sep="\\t")
                    """
                            .formatted(peer.call(), MARK);
        }

        @Override
        String cold(Peer peer, Path data) {
            return start(data) + "print((" + peer.call() + ").summary())\n";
        }

        private String start(Path data) {
            return "import time, warnings\nimport pandas\nimport statsmodels.formula.api as smf\n"
                    + "warnings.simplefilter('ignore')\ndata = pandas.read_csv('" + data + "')\n";
        }
    };

    /** Begins the line of results: CPU seconds, elapsed seconds, log-likelihood. */
    static final String MARK = "measured";

    private final String interpreter;

    Language(String interpreter) {
        this.interpreter = interpreter;
    }

    /** A script that prints name, tab and version of the language and of those libraries that are there. */
    abstract String versions(Set<String> libraries);

    /** A script that reads the data, then times the call alone; a call shorter than a second several times. */
    abstract String warm(Peer peer, Path data);

    /** A script of what a user waits for: the library, reading, the call, its summary printed. */
    abstract String cold(Peer peer, Path data);

    /** Command that runs a script. */
    List<String> command(Path script) {
        return List.of(interpreter, script.toString());
    }

    /** Versions by name of what is on this machine; empty where the interpreter is not. */
    Map<String, String> found(Set<String> libraries, Processes processes) throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        Processes.Outcome outcome = processes.run(command(processes.script(versions(libraries))), 120);
        for (String line : outcome.output().lines().toList()) {
            String[] parts = line.split("\t");
            if (parts.length == 2) {
                versions.put(parts[0], parts[1]);
            }
        }
        return versions;
    }

    private static String quoted(Set<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }
}
