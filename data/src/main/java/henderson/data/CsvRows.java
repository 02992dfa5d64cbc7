package henderson.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes fields as the tokenizer finds them: the first record is the header, all others are rows. */
final class CsvRows extends AbstractBaseCsvCallbackHandler<Boolean> {
    private static final int LONGEST_SHOWN = 40;

    private final String file;
    private final char separator;
    private final ReadOptions options;
    private final List<String> header = new ArrayList<>();
    private @Nullable ColumnReader[] columns = new ColumnReader[0];
    private boolean[] mustBeNumeric = new boolean[0];
    private boolean named;
    private boolean empty;
    private int rows;
    private long line;
    private int fields;

    CsvRows(String file, char separator, ReadOptions options) {
        this.file = file;
        this.separator = separator;
        this.options = options;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        fields = 0;
        empty = false;
    }

    @Override
    protected void handleEmpty() {
        empty = true;
    }

    @Override
    protected void handleField(int index, char[] b, int offset, int length, boolean quoted) {
        fields++;
        if (!named) {
            header.add(new String(b, offset, length).strip());
        } else if (index < columns.length) {
            ColumnReader column = columns[index];
            if (column != null && !column.add(b, offset, length, quoted, mustBeNumeric[index])) {
                throw new HendersonException(
                        "File '" + file + "', " + place() + ", column '" + header.get(index) + "': '"
                                + shown(new String(b, offset, length)) + "' is not a number.",
                        "Maybe it stands for a missing value; those are an empty field, NA, '.' and NaN.");
            }
        }
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    @Override
    protected @Nullable Boolean buildRecord() {
        if (empty) {
            return Boolean.FALSE;
        }
        if (!named) {
            takeHeader();
        } else if (fields != columns.length) {
            throw new HendersonException(
                    "File '" + file + "', " + place() + ": " + fields + (fields == 1 ? " field" : " fields")
                            + "; the header has " + columns.length + ".",
                    fields > columns.length
                            ? "Maybe a text that contains '" + (separator == '\t' ? "tab" : separator)
                                    + "' is not quoted."
                            : "Maybe the line is broken, or the file ends too early.");
        } else {
            rows++;
            if (rows == Integer.MAX_VALUE - 8) {
                throw new HendersonException("File '" + file + "' has more than " + rows + " rows.");
            }
        }
        return Boolean.TRUE;
    }

    private void takeHeader() {
        named = true;
        CsvHeader.check(file, header, options);
        columns = new ColumnReader[header.size()];
        Spill spill = options.streamed() ? new Spill() : null;
        mustBeNumeric = new boolean[header.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = options.wants(header.get(i)) ? new ColumnReader(spill) : null;
            mustBeNumeric[i] = options.numeric().contains(header.get(i));
        }
    }

    /** Rows complete so far. */
    int count() {
        return rows;
    }

    /** Where the record now read stands. */
    String place() {
        return named ? "row " + (rows + 1) + " (line " + line + ")" : "header (line " + line + ")";
    }

    Table finish(String digest) {
        if (!named) {
            throw new HendersonException("File '" + file + "' is empty.");
        }
        if (rows == 0) {
            throw new HendersonException("File '" + file + "' has a header and no rows.");
        }
        List<@Nullable Column> read = new ArrayList<>();
        for (ColumnReader column : columns) {
            read.add(column == null ? null : column.finish());
        }
        return CsvHeader.table(file, digest, rows, header, read, options);
    }
}
