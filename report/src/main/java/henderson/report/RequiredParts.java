package henderson.report;

import henderson.api.HendersonException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a file lacks: a null where a record does not allow one. */
final class RequiredParts {
    private RequiredParts() {}

    /** @throws HendersonException where a part is missing, naming it */
    static void check(@Nullable Object part, String path, String source) {
        if (part == null) {
            throw new HendersonException(
                    source + " is not a saved fit: " + path + " is missing.", "Maybe it was cut or edited.");
        }
        if (part instanceof Record record) {
            components(record, path, source);
        } else if (part instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(list.get(i), path + '[' + i + ']', source);
            }
        } else if (part instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                check(array[i], path + '[' + i + ']', source);
            }
        } else if (part instanceof Map<?, ?> map) {
            map.forEach((key, value) -> check(value, path + '.' + key, source));
        }
    }

    private static void components(Record record, String path, String source) {
        for (RecordComponent c : record.getClass().getRecordComponents()) {
            Object value = value(record, c);
            boolean optional = c.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (value != null || !optional) {
                check(value, path.isEmpty() ? c.getName() : path + '.' + c.getName(), source);
            }
        }
    }

    private static @Nullable Object value(Record record, RecordComponent c) {
        try {
            return c.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("records of this module can be read", e);
        }
    }
}
