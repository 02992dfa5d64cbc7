package henderson.validation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import henderson.api.Criterion;
import henderson.api.HendersonException;
import henderson.validation.ReferenceCase.Effect;
import henderson.validation.ReferenceCase.Expected;
import henderson.validation.ReferenceCase.Figure;
import henderson.validation.ReferenceCase.Provenance;
import henderson.validation.ReferenceCase.Robust;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads case files: JSON of schema {@value #SCHEMA}, figures as decimal text. */
final class CaseFiles {
    static final String SCHEMA = "henderson.cases/1";

    private CaseFiles() {}

    /**
     * All cases of a folder, files by name, cases in the order of their file.
     *
     * @throws HendersonException for a folder without case files, a file that cannot be used, or an id used twice
     */
    static List<ReferenceCase> read(Path folder) {
        List<ReferenceCase> out = new ArrayList<>();
        for (Path file : files(folder)) {
            out.addAll(readFile(file));
        }
        Map<String, ReferenceCase> seen = new HashMap<>();
        for (ReferenceCase c : out) {
            if (seen.put(c.id(), c) != null) {
                throw new HendersonException("Two cases in " + folder + " have the id '" + c.id() + "'.");
            }
        }
        return out;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> out = all.filter(f -> f.toString().endsWith(".json"))
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
            if (out.isEmpty()) {
                throw new HendersonException("Folder " + folder + " has no case files (*.json).");
            }
            return out;
        } catch (IOException e) {
            throw new HendersonException("Folder " + folder + " of cases cannot be read: " + e.getMessage(), null, e);
        }
    }

    /**
     * The cases of one file.
     *
     * @throws HendersonException that names the file, for one that lacks tool, version or script of its figures
     */
    static List<ReferenceCase> readFile(Path file) {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return cases(JsonParser.parseReader(in).getAsJsonObject());
        } catch (IOException | JsonParseException | IllegalStateException | IllegalArgumentException e) {
            throw new HendersonException("Case file " + file + " cannot be used: " + e.getMessage(), null, e);
        }
    }

    private static List<ReferenceCase> cases(JsonObject file) {
        if (!SCHEMA.equals(text(file, "schema"))) {
            throw new JsonParseException("its schema is '" + text(file, "schema") + "', not '" + SCHEMA + "'.");
        }
        JsonObject from = object(file, "provenance");
        Agreement rule = rule(text(file, "rule"));
        List<ReferenceCase> out = new ArrayList<>();
        for (JsonElement e : array(file, "cases")) {
            JsonObject c = e.getAsJsonObject();
            Provenance provenance = new Provenance(
                    text(from, "tool"), text(from, "version"), text(from, "script"), text(c, "software"));
            out.add(oneCase(c, provenance, rule));
        }
        return out;
    }

    private static ReferenceCase oneCase(JsonObject c, Provenance provenance, Agreement rule) {
        Map<String, Double> trusted = trusted(c);
        if (rule != Agreement.PRINTED && !trusted.keySet().containsAll(Set.of("logLik", "fixed", "se", "varcomp"))) {
            throw new JsonParseException("case '" + text(c, "id") + "' does not say how many of its digits to trust.");
        }
        return new ReferenceCase(
                text(c, "id"),
                text(c, "title"),
                text(c, "data"),
                text(c, "formula"),
                Criterion.valueOf(text(c, "criterion")),
                factors(c),
                optionalText(c, "residual"),
                optionalText(c, "weights"),
                optionalText(c, "where"),
                c.has("family") ? integrated(c) : null,
                c.has("large") && c.get("large").getAsBoolean(),
                provenance,
                rule,
                trusted,
                expected(object(c, "expected")));
    }

    private static ReferenceCase.Integrated integrated(JsonObject c) {
        return new ReferenceCase.Integrated(
                text(c, "family"),
                text(c, "link"),
                text(c, "integration"),
                c.has("points") ? c.get("points").getAsInt() : 0);
    }

    private static Agreement rule(String word) {
        for (Agreement rule : Agreement.values()) {
            if (rule.word().equals(word)) {
                return rule;
            }
        }
        throw new JsonParseException("its rule is '" + word + "'; known are digits, exact, printed.");
    }

    private static Map<String, Double> trusted(JsonObject c) {
        Map<String, Double> out = new LinkedHashMap<>();
        if (c.has("trustedDigits")) {
            object(c, "trustedDigits")
                    .entrySet()
                    .forEach(e -> out.put(e.getKey(), e.getValue().getAsDouble()));
        }
        return out;
    }

    private static Map<String, List<String>> factors(JsonObject c) {
        Map<String, List<String>> out = new LinkedHashMap<>();
        if (c.has("factors")) {
            JsonObject all = object(c, "factors");
            all.keySet().forEach(name -> out.put(name, texts(all, name)));
        }
        return out;
    }

    private static Expected expected(JsonObject e) {
        return new Expected(
                e.get("rows").getAsInt(),
                e.get("parameters").getAsInt(),
                e.get("singular").getAsBoolean(),
                number(e, "logLik"),
                optionalNumber(e, "wald"),
                optionalNumber(e, "lrTest"),
                figures(e, "fixed"),
                figures(e, "variance"),
                residual(present(e, "residual")),
                effects(e),
                e.has("robust") ? robust(object(e, "robust")) : null);
    }

    private static Robust robust(JsonObject r) {
        return new Robust(List.of(text(r, "cluster").split(":")), figures(r, "fixed"));
    }

    private static List<Figure> figures(JsonObject e, String key) {
        List<Figure> out = new ArrayList<>();
        array(e, key).forEach(f -> out.add(figure(f.getAsJsonObject())));
        return out;
    }

    /** One residual variance, or the parameters of a residual structure. */
    private static List<Figure> residual(JsonElement e) {
        if (e.isJsonObject()) {
            return List.of(figure(e.getAsJsonObject()));
        }
        List<Figure> out = new ArrayList<>();
        e.getAsJsonArray().forEach(f -> out.add(figure(f.getAsJsonObject())));
        return out;
    }

    private static Figure figure(JsonObject f) {
        return new Figure(
                f.has("group") ? text(f, "group") : "",
                optionalText(f, "level"),
                text(f, "name"),
                number(f, "estimate"),
                optionalNumber(f, "se"),
                optionalNumber(f, "lower"),
                optionalNumber(f, "upper"));
    }

    private static List<Effect> effects(JsonObject e) {
        List<Effect> out = new ArrayList<>();
        for (JsonElement element : array(e, "effects")) {
            JsonObject b = element.getAsJsonObject();
            out.add(new Effect(
                    text(b, "group"),
                    text(b, "level"),
                    texts(b, "columns"),
                    numbers(b, "values"),
                    numbers(b, "conditionalSd"),
                    b.has("predictionSd") ? numbers(b, "predictionSd") : List.of()));
        }
        return out;
    }

    private static JsonObject object(JsonObject in, String key) {
        return present(in, key).getAsJsonObject();
    }

    private static JsonArray array(JsonObject in, String key) {
        return present(in, key).getAsJsonArray();
    }

    private static String text(JsonObject in, String key) {
        String text = present(in, key).getAsString();
        if (text.isBlank()) {
            throw new JsonParseException("its key '" + key + "' is empty.");
        }
        return text;
    }

    private static JsonElement present(JsonObject in, String key) {
        JsonElement value = in.get(key);
        if (value == null || value.isJsonNull()) {
            throw new JsonParseException("it lacks the key '" + key + "'.");
        }
        return value;
    }

    private static BigDecimal number(JsonObject in, String key) {
        return new BigDecimal(text(in, key));
    }

    private static @Nullable String optionalText(JsonObject in, String key) {
        return in.has(key) ? text(in, key) : null;
    }

    private static @Nullable BigDecimal optionalNumber(JsonObject in, String key) {
        return in.has(key) ? number(in, key) : null;
    }

    private static List<String> texts(JsonObject in, String key) {
        List<String> out = new ArrayList<>();
        array(in, key).forEach(e -> out.add(e.getAsString()));
        return out;
    }

    private static List<BigDecimal> numbers(JsonObject in, String key) {
        List<BigDecimal> out = new ArrayList<>();
        array(in, key).forEach(e -> out.add(new BigDecimal(e.getAsString())));
        return out;
    }
}
