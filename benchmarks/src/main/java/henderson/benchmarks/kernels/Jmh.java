package henderson.benchmarks.kernels;

import henderson.framework.Henderson;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.Main;

/** {@code benchmarks/jmh}: says which kernels serve, then JMH with the arguments as they are, or {@code --gflops}. */
public final class Jmh {
    private static final int[] ORDERS = {1, 2, 3, 5, 16, 64, 256, 1128};

    private Jmh() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println("Java " + System.getProperty("java.version") + "; " + Henderson.denseBackend());
        if (arguments.length > 0 && arguments[0].equals("--gflops")) {
            Gflops.print(out::println, ORDERS);
        } else {
            Main.main(arguments);
        }
    }
}
