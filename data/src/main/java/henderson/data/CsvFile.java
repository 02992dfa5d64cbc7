package henderson.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import henderson.api.FitListener;
import henderson.api.HendersonException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a file of separated values in one pass: bytes are digested, decoded, cut into fields and put into columns. */
final class CsvFile {
    /** The header line must end within this many bytes for its separator to be seen. */
    private static final int HEAD = 1 << 20;

    /** A block that is as it should be has its header within this many bytes. */
    private static final int START = 1 << 16;

    private static final int BLOCK = 1 << 20;

    private final Path file;
    private final int blockSize;
    private final ReadOptions options;
    private final FitListener listener;

    CsvFile(Path file, ReadOptions options, FitListener listener) {
        this(file, options, listener, BLOCK);
    }

    /** With blocks of {@code blockSize} bytes; 0 to read field by field. */
    CsvFile(Path file, ReadOptions options, FitListener listener, int blockSize) {
        this.file = file;
        this.blockSize = blockSize;
        this.options = options;
        this.listener = listener;
    }

    Table read() {
        listener.stage("reading " + file.getFileName());
        if (Files.isDirectory(file)) {
            throw new HendersonException("'" + file + "' is a folder, not a file.");
        }
        try {
            Table table = blockSize == 0 ? null : blocks();
            return table == null ? fields() : table;
        } catch (NoSuchFileException e) {
            throw new HendersonException(
                    "File '" + file + "' does not exist.",
                    "Maybe the path is meant from another folder than "
                            + Path.of("").toAbsolutePath() + ".",
                    e);
        } catch (IOException e) {
            throw new HendersonException("File '" + file + "' cannot be read: " + e.getMessage() + ".", null, e);
        }
    }

    /** Reads a file that is as it should be; null for any other. */
    private @Nullable Table blocks() throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(START);
        }
        Mark mark = Mark.of(head);
        CsvStart start =
                mark.charset == StandardCharsets.UTF_8 ? CsvStart.of(head, mark.length, head.length < START) : null;
        if (start == null) {
            return null;
        }
        List<String> header = new ArrayList<>(start.header());
        CsvHeader.check(file.toString(), header, options);
        return BlockTable.read(
                file.toString(),
                new CsvStart(start.separator(), header, start.begin()),
                options,
                listener,
                blockSize,
                Files.size(file),
                () -> Files.newInputStream(file));
    }

    /** Reads any file, field by field. */
    private Table fields() throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return fields(bytes, Files.size(file));
        }
    }

    private Table fields(InputStream bytes, long total) throws IOException {
        MessageDigest digest = sha256();
        InputStream counted = new Counting(new DigestInputStream(bytes, digest), listener, total);
        byte[] head = counted.readNBytes(HEAD);
        Mark mark = Mark.of(head);
        if (head.length == mark.length) {
            throw new HendersonException("File '" + file + "' is empty.");
        }
        InputStream rest = new SequenceInputStream(
                new ByteArrayInputStream(head, mark.length, head.length - mark.length), counted);
        char separator = separator(new String(head, mark.length, head.length - mark.length, mark.charset));
        CsvRows rows = new CsvRows(file.toString(), separator, options);
        InputStreamReader text = new InputStreamReader(
                rest,
                mark.charset
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (CsvReader<Boolean> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .build(rows, text)) {
            Iterator<Boolean> records = csv.iterator();
            while (records.hasNext()) {
                records.next();
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw explain(e, rows, mark.charset);
        }
        return rows.finish(HexFormat.of().formatHex(digest.digest()));
    }

    private HendersonException explain(RuntimeException e, CsvRows rows, Charset charset) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof HendersonException h) {
                return h;
            }
            if (t instanceof CharacterCodingException) {
                return new HendersonException(
                        "File '" + file + "', after row " + rows.count() + ": bytes that are not " + charset + " text.",
                        "Maybe save the file as UTF-8.",
                        e);
            }
        }
        boolean quote = e instanceof CsvParseException;
        return new HendersonException(
                "File '" + file + "', " + rows.place() + ": "
                        + (quote ? "a quote is opened and never closed." : "cannot be read: " + e.getMessage() + "."),
                quote ? "Maybe a quote inside a text is not doubled (\"\")." : null,
                e);
    }

    /** The separator most frequent in the first line, outside quotes; a comma when there is none. */
    static char separator(String head) {
        int[] count = new int[3];
        boolean quoted = false;
        boolean seen = false;
        for (int i = 0; i < head.length(); i++) {
            char c = head.charAt(i);
            quoted ^= c == '"';
            if (!quoted && (c == '\n' || c == '\r') && seen) {
                break;
            }
            seen |= c > ' ';
            int which = quoted ? -1 : ",;\t".indexOf(c);
            if (which >= 0) {
                count[which]++;
            }
        }
        int best = 0;
        for (int k = 1; k < count.length; k++) {
            best = count[k] > count[best] ? k : best;
        }
        return ",;\t".charAt(best);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** A byte-order mark: its length, and the charset it stands for. */
    private record Mark(int length, Charset charset) {
        static Mark of(byte[] head) {
            if (starts(head, 0xEF, 0xBB, 0xBF)) {
                return new Mark(3, StandardCharsets.UTF_8);
            }
            if (starts(head, 0xFE, 0xFF)) {
                return new Mark(2, StandardCharsets.UTF_16BE);
            }
            if (starts(head, 0xFF, 0xFE)) {
                return new Mark(2, StandardCharsets.UTF_16LE);
            }
            return new Mark(0, StandardCharsets.UTF_8);
        }

        private static boolean starts(byte[] head, int... with) {
            for (int i = 0; i < with.length; i++) {
                if (i >= head.length || (head[i] & 0xFF) != with[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Tells the listener how far the reading is. */
    private static final class Counting extends FilterInputStream {
        private static final long STEP = 1 << 22;

        private final FitListener listener;
        private final long total;
        private long done;
        private long told;

        Counting(InputStream in, FitListener listener, long total) {
            super(in);
            this.listener = listener;
            this.total = total;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            int n = super.read(b, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) {
            done += n;
            if (done - told >= STEP) {
                told = done;
                listener.progress(done, total);
            }
        }
    }
}
