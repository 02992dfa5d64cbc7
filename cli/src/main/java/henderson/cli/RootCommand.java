package henderson.cli;

import henderson.framework.Henderson;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** {@code henderson} alone. */
@Command(
        name = "henderson",
        description = "Linear mixed models, with a certificate for every fit.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = RootCommand.Version.class)
final class RootCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            String shown = version == null ? "of unknown version (not run from a jar)" : version;
            return new String[] {
                "henderson " + shown + ", Java " + System.getProperty("java.version"),
                "Large dense blocks: " + Henderson.denseBackend()
            };
        }
    }
}
