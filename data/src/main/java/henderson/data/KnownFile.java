package henderson.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import henderson.api.HendersonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a symmetric matrix between labels: a square table with labels in the first line and the first column, or lines of
 * row, column and value, of which one triangle is enough and zeros may be left out.
 */
final class KnownFile {
    private static final int HEAD = 1 << 16;
    private static final int MOST_SQUARE = 10_000;
    /** Relative difference of mirrored entries that is rounding of their texts. */
    private static final double ROUNDING = 1e-9;

    private final Path file;

    private KnownFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file, which is looked for beside the data first, then in the working directory.
     *
     * @throws HendersonException where it cannot be read as a symmetric matrix, with line and value
     */
    static SymmetricMatrix read(String name, String data) {
        try {
            Path beside = Path.of(data).toAbsolutePath().getParent();
            Path file = beside == null ? Path.of(name) : beside.resolve(name);
            Path found = Files.isRegularFile(file) ? file : Path.of(name);
            if (!Files.isRegularFile(found)) {
                throw new HendersonException(
                        "The matrix '" + name + "' is no file in " + (beside == null ? "" : beside + " or ")
                                + Path.of("").toAbsolutePath() + ".",
                        "Maybe the path is meant from another folder.");
            }
            return new KnownFile(found).read();
        } catch (InvalidPathException e) {
            throw new HendersonException("The matrix '" + name + "' is no name of a file.", null, e);
        }
    }

    private SymmetricMatrix read() {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            try (CsvReader<CsvRecord> csv = CsvReader.builder()
                    .fieldSeparator(CsvFile.separator(head))
                    .skipEmptyLines(true)
                    .allowUnclosedQuote(false)
                    .detectBomHeader(true)
                    .extraFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(file)) {
                return read(csv.iterator());
            }
        } catch (IOException e) {
            throw new HendersonException("File '" + file + "' cannot be read: " + e.getMessage() + ".", null, e);
        } catch (CsvParseException | UncheckedIOException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof HendersonException h) {
                    throw h;
                }
            }
            throw new HendersonException(
                    "File '" + file + "' cannot be read as a table.", "Maybe a quote is never closed.", e);
        }
    }

    private SymmetricMatrix read(Iterator<CsvRecord> records) {
        List<CsvRecord> first = new ArrayList<>();
        while (first.size() < 4 && records.hasNext()) {
            first.add(records.next());
        }
        if (first.size() < 2) {
            throw new HendersonException("File '" + file + "' has " + first.size() + " lines; a matrix has more.");
        }
        Iterator<CsvRecord> all = chained(first, records);
        List<String> head = texts(first.get(0));
        List<String> next = texts(first.get(1));
        boolean corner = next.size() == head.size();
        List<String> labels = corner ? head.subList(1, head.size()) : head;
        boolean named = corner || next.size() == head.size() + 1;
        boolean triplets = head.size() == 3 && next.size() != 4 && !twoLabels(first, labels);
        if (triplets) {
            return new Triplets().read(all, !Double.isNaN(Numbers.parse(head.get(2))));
        }
        if (!named || labels.isEmpty() || !labels.contains(next.get(0))) {
            throw new HendersonException(
                    "File '" + file
                            + "' is neither a square table of a matrix nor lines of row, column and value: line 1 has "
                            + head.size() + " fields, and line 2 begins with '" + next.get(0) + "'.",
                    "Maybe the first line and the first column should hold the labels.");
        }
        all.next();
        return square(labels, all);
    }

    /** Whether a table of three columns is the square of two labels. */
    private static boolean twoLabels(List<CsvRecord> first, List<String> labels) {
        return first.size() == 3
                && first.get(2).getFieldCount() == 3
                && labels.contains(texts(first.get(1)).get(0))
                && labels.contains(texts(first.get(2)).get(0))
                && (texts(first.get(0)).get(0).isEmpty()
                        || Double.isNaN(Numbers.parse(labels.get(1)))
                        || texts(first.get(2)).get(0).equals(labels.get(1)));
    }

    private static Iterator<CsvRecord> chained(List<CsvRecord> first, Iterator<CsvRecord> rest) {
        Iterator<CsvRecord> begin = first.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return begin.hasNext() || rest.hasNext();
            }

            @Override
            public CsvRecord next() {
                return begin.hasNext() ? begin.next() : rest.next();
            }
        };
    }

    private static List<String> texts(CsvRecord record) {
        return record.getFields().stream().map(String::strip).toList();
    }

    private HendersonException at(CsvRecord record, String what, @Nullable String advice) {
        return new HendersonException(
                "File '" + file + "', line " + record.getStartingLineNumber() + ": " + what, advice);
    }

    private double number(CsvRecord record, String text) {
        double x = Numbers.parse(text);
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            throw at(record, "'" + text + "' is not a number.", null);
        }
        return x;
    }

    private SymmetricMatrix square(List<String> labels, Iterator<CsvRecord> records) {
        int n = labels.size();
        if (n > MOST_SQUARE) {
            throw new HendersonException(
                    "File '" + file + "' is a square table of " + n + " labels; at most " + MOST_SQUARE + ".",
                    "Maybe write it as lines of row, column and value, without the zeros.");
        }
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < n; i++) {
            if (index.put(labels.get(i), i) != null) {
                throw new HendersonException("File '" + file + "': two columns are labelled '" + labels.get(i) + "'.");
            }
        }
        double[][] k = new double[n][];
        while (records.hasNext()) {
            CsvRecord record = records.next();
            Integer row = index.get(record.getField(0).strip());
            if (row == null) {
                throw at(record, "'" + record.getField(0).strip() + "' is no label of a column.", null);
            }
            if (k[row] != null) {
                throw at(record, "a second row is labelled '" + labels.get(row) + "'.", null);
            }
            if (record.getFieldCount() != n + 1) {
                throw at(record, record.getFieldCount() + " fields; " + (n + 1) + " are expected.", null);
            }
            k[row] = new double[n];
            for (int j = 0; j < n; j++) {
                String text = record.getField(j + 1).strip();
                k[row][j] = text.isEmpty() ? Double.NaN : number(record, text); // the mirrored one may be there
            }
        }
        return symmetric(labels, k);
    }

    private SymmetricMatrix symmetric(List<String> labels, double[][] k) {
        int n = labels.size();
        for (int i = 0; i < n; i++) {
            if (k[i] == null) {
                throw new HendersonException("File '" + file + "' has no row of '" + labels.get(i) + "'.");
            }
        }
        int entries = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                k[i][j] = mirrored(labels, i, j, k[i][j], k[j][i]);
                entries += k[i][j] != 0 || i == j ? 1 : 0;
            }
        }
        int[] rows = new int[entries];
        int[] columns = new int[entries];
        double[] values = new double[entries];
        int e = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                if (k[i][j] != 0 || i == j) {
                    rows[e] = i;
                    columns[e] = j;
                    values[e++] = k[i][j];
                }
            }
        }
        return new SymmetricMatrix(List.copyOf(labels), rows, columns, values);
    }

    private double mirrored(List<String> labels, int i, int j, double lower, double upper) {
        if (Double.isNaN(lower) && Double.isNaN(upper)) {
            throw new HendersonException(
                    "File '" + file + "' has no value for '" + labels.get(i) + "' and '" + labels.get(j) + "'.");
        }
        if (Math.abs(lower - upper) > ROUNDING * Math.max(Math.abs(lower), Math.abs(upper))) {
            throw asymmetric(labels.get(i), labels.get(j), lower, upper);
        }
        return Double.isNaN(lower) ? upper : lower;
    }

    private HendersonException asymmetric(String a, String b, double lower, double upper) {
        return new HendersonException("The matrix in '" + file + "' is not symmetric: '" + a + "', '" + b + "' is "
                + Numbers.shortest(lower) + ", and '" + b + "', '" + a + "' is " + Numbers.shortest(upper) + ".");
    }

    /** Lines of row, column and value. */
    private final class Triplets {
        private final Map<String, Integer> index = new HashMap<>();
        private final List<String> labels = new ArrayList<>();
        private final LongCodes seen = new LongCodes();
        private double[] values = new double[64];
        /** Whether the entry was given as row ≥ column, in order of appearance. */
        private final java.util.BitSet below = new java.util.BitSet();

        private final java.util.BitSet mirrored = new java.util.BitSet();

        SymmetricMatrix read(Iterator<CsvRecord> records, boolean fromTheFirst) {
            if (!fromTheFirst) {
                records.next();
            }
            while (records.hasNext()) {
                CsvRecord record = records.next();
                if (record.getFieldCount() != 3) {
                    throw at(record, record.getFieldCount() + " fields; row, column and value are expected.", null);
                }
                add(
                        record,
                        label(record, record.getField(0)),
                        label(record, record.getField(1)),
                        number(record, record.getField(2).strip()));
            }
            return matrix();
        }

        private int label(CsvRecord record, String text) {
            String label = text.strip();
            if (label.isEmpty()) {
                throw at(record, "a label is empty.", null);
            }
            Integer known = index.putIfAbsent(label, labels.size());
            if (known == null) {
                labels.add(label);
            }
            return known == null ? labels.size() - 1 : known;
        }

        private void add(CsvRecord record, int i, int j, double value) {
            int before = seen.size();
            int code = seen.code((long) Math.max(i, j) << 32 | Math.min(i, j));
            if (code < before) {
                boolean again = below.get(code) == i >= j || mirrored.get(code);
                if (again) {
                    throw at(record, "'" + labels.get(i) + "', '" + labels.get(j) + "' is given twice.", null);
                }
                mirrored.set(code);
                if (Math.abs(values[code] - value) > ROUNDING * Math.max(Math.abs(values[code]), Math.abs(value))) {
                    throw asymmetric(labels.get(j), labels.get(i), values[code], value);
                }
                return;
            }
            if (code == values.length) {
                values = Arrays.copyOf(values, 2 * code);
            }
            values[code] = value;
            below.set(code, i >= j);
        }

        private SymmetricMatrix matrix() {
            int[] rows = new int[seen.size()];
            int[] columns = new int[rows.length];
            boolean[] diagonal = new boolean[labels.size()];
            for (int e = 0; e < rows.length; e++) {
                rows[e] = (int) (seen.key(e) >>> 32);
                columns[e] = (int) seen.key(e);
                diagonal[rows[e]] |= rows[e] == columns[e];
            }
            for (int i = 0; i < diagonal.length; i++) {
                if (!diagonal[i]) {
                    throw new HendersonException("File '" + file + "' has no value for '" + labels.get(i) + "' and '"
                            + labels.get(i) + "', on the diagonal.");
                }
            }
            return new SymmetricMatrix(List.copyOf(labels), rows, columns, Arrays.copyOf(values, rows.length));
        }
    }
}
