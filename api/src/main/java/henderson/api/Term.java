package henderson.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A random term, or the residual term, of a model: its grouping factor, columns and bound structure.
 *
 * @param group         name of the grouping factor, {@code a:b} for a combination
 * @param levels        levels in order
 * @param columns       names of the columns of {@code Z} (distinct positions, for a residual term)
 * @param structureName registered name of the structure
 * @param call          the call it came from
 * @param structure     bound to the columns
 * @param precision     known precision among levels, or null for independent levels
 */
public record Term(
        String group,
        List<String> levels,
        List<String> columns,
        String structureName,
        StructureCall call,
        BoundStructure structure,
        @Nullable LevelPrecision precision) {
    @Override
    public String toString() {
        return structureName + "(" + String.join(" + ", columns) + " | " + group + "), " + levels.size() + " levels";
    }
}
