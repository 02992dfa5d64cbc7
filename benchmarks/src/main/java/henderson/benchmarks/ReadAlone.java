package henderson.benchmarks;

import henderson.data.Table;
import henderson.framework.Henderson;
import java.nio.file.Path;

/** Reads one file and does nothing with it: {@code FILE}. */
final class ReadAlone {
    private ReadAlone() {}

    public static void main(String[] arguments) {
        Table table = Henderson.create().read(Path.of(arguments[0]));
        System.out.println(table.rows() + " rows");
    }
}
