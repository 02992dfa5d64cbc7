package henderson.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a file that is as it should be.
 *
 * @param header    fields of the first record
 * @param begin     first byte behind it
 */
record CsvStart(char separator, List<String> header, int begin) {
    /**
     * @param head   first bytes of the file
     * @param from   behind the byte-order mark
     * @param whole  whether they are the file
     * @return null where the first record does not end, or is not as it should be
     */
    static @Nullable CsvStart of(byte[] head, int from, boolean whole) {
        int begin = from;
        while (begin < head.length && (head[begin] == '\n' || head[begin] == '\r')) {
            begin++;
        }
        int end = begin;
        boolean quoted = false;
        while (end < head.length && (quoted || head[end] != '\n' && head[end] != '\r')) {
            quoted ^= head[end] == '"';
            end++;
        }
        if (end == begin || quoted || end == head.length && !whole) {
            return null;
        }
        String line;
        try {
            line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(head, begin, end - begin))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
        if (line.isBlank()) {
            return null; // what separates fields is seen further on
        }
        char separator = CsvFile.separator(line);
        List<String> fields = fields(line, separator);
        return fields == null ? null : new CsvStart(separator, fields, end);
    }

    private static @Nullable List<String> fields(String line, char separator) {
        List<String> out = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder field = new StringBuilder();
            if (at < line.length() && line.charAt(at) == '"') {
                at++;
                while (line.charAt(at) != '"' || at + 1 < line.length() && line.charAt(at + 1) == '"') {
                    field.append(line.charAt(at));
                    at += line.charAt(at) == '"' ? 2 : 1;
                }
                at++;
            } else {
                int end = line.indexOf(separator, at);
                field.append(line, at, end < 0 ? line.length() : end);
                at = end < 0 ? line.length() : end;
                if (field.indexOf("\"") >= 0) {
                    return null;
                }
            }
            out.add(field.toString().strip());
            if (at == line.length()) {
                return out;
            }
            if (line.charAt(at++) != separator) {
                return null;
            }
        }
    }
}
