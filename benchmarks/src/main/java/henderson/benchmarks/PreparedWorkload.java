package henderson.benchmarks;

import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.api.Registry;
import henderson.data.Table;
import henderson.framework.Henderson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A workload read into memory, to be fitted again and again; on fewer groups where a scale says so. */
public final class PreparedWorkload {
    private final Henderson henderson = Henderson.create();
    private final ModelText text;
    private final Table table;

    private PreparedWorkload(ModelText text, Path file) {
        this.text = text;
        this.table = henderson.read(file);
    }

    /**
     * Reads it; the folder of the project is the system property {@code henderson.home}.
     *
     * @param name  of the workload
     * @param scale factor on the number of groups of generated data
     */
    public static PreparedWorkload of(String name, double scale) {
        Path home = Path.of(System.getProperty("henderson.home", ".."));
        Workload workload = Workloads.named(List.of(name), home).get(0);
        try {
            Path folder = Files.createTempDirectory("henderson-benchmarks");
            Path file = workload.data().in(folder, scale);
            PreparedWorkload prepared = new PreparedWorkload(workload.model(), file);
            Files.delete(file);
            Files.delete(folder);
            return prepared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model on the table, read anew. */
    public Model model() {
        return henderson.model(text.spec(henderson), table);
    }

    /** As fitted, by one thread. */
    public FitOptions options() {
        return text.options(1);
    }

    /** What is installed. */
    public Registry registry() {
        return henderson.registry();
    }

    /** From the table to the fit with its standard errors. */
    public Fit fit() {
        return henderson.fit(model(), options());
    }
}
