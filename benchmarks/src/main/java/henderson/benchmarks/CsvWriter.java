package henderson.benchmarks;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a CSV file; the same values give the same bytes on every Java. */
final class CsvWriter implements Closeable {
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private final OutputStream out;
    private final byte[] digits = new byte[20];
    private boolean first = true;

    /** Opens a file and writes its header line, such as {@code y,x,g}. */
    CsvWriter(Path file, String header) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
    }

    /** The multiple of 10^−decimals nearest to a value: what a file with that many decimals holds. */
    static double rounded(double value, int decimals) {
        return Math.rint(value * POWERS[decimals]) / POWERS[decimals];
    }

    /** A number with a fixed number of decimals, at most 6. */
    CsvWriter number(double value, int decimals) throws IOException {
        separate();
        long scaled = (long) Math.rint(value * POWERS[decimals]);
        if (scaled < 0) {
            out.write('-');
            scaled = -scaled;
        }
        write(scaled / POWERS[decimals], 1);
        if (decimals > 0) {
            out.write('.');
            write(scaled % POWERS[decimals], decimals);
        }
        return this;
    }

    CsvWriter integer(long value) throws IOException {
        return number(value, 0);
    }

    CsvWriter text(String value) throws IOException {
        separate();
        out.write(value.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    void end() throws IOException {
        out.write('\n');
        first = true;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void separate() throws IOException {
        if (!first) {
            out.write(',');
        }
        first = false;
    }

    /** A whole number ≥ 0, with leading zeros up to a width. */
    private void write(long value, int width) throws IOException {
        int at = digits.length;
        long rest = value;
        while (rest > 0 || digits.length - at < width) {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        out.write(digits, at, digits.length - at);
    }
}
