package henderson.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import henderson.api.HendersonException;
import henderson.inference.Summary;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads {@link FitDocument}s. Numbers keep every digit; NaN and infinities are written as null. */
public final class FitJson {
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .registerTypeAdapter(Double.class, new Numbers(null))
            .registerTypeAdapter(double.class, new Numbers(Double.NaN))
            .create();

    private static final String STATE = "state";

    private FitJson() {}

    /** The document of a summary. */
    public static FitDocument document(Summary summary) {
        return document(summary, null);
    }

    /**
     * The document of a summary.
     *
     * @param stata the model as a command of Stata, or null where it has none
     */
    public static FitDocument document(Summary summary, @Nullable String stata) {
        return FitDocuments.of(summary, stata);
    }

    /** A summary as JSON, one line for each field of the document, ended by a newline. */
    public static String write(Summary summary) {
        return write(document(summary));
    }

    /** A document as JSON, one line for each of its fields, ended by a newline. */
    public static String write(FitDocument document) {
        return write(GSON.toJsonTree(document).getAsJsonObject());
    }

    /** A saved fit: its document with the field {@code state}. */
    public static String write(SavedFit saved) {
        JsonObject tree = GSON.toJsonTree(saved.document()).getAsJsonObject();
        tree.add(STATE, GSON.toJsonTree(saved.state()));
        return write(tree);
    }

    /** Any record as JSON, numbers written as in a document, ended by a newline. */
    public static String write(Record values) {
        return GSON.toJson(values) + "\n";
    }

    private static String write(JsonObject tree) {
        StringBuilder out = new StringBuilder("{");
        String separator = "\n  ";
        for (Map.Entry<String, JsonElement> field : tree.entrySet()) {
            out.append(separator).append('"').append(field.getKey()).append("\": ");
            out.append(GSON.toJson(field.getValue()));
            separator = ",\n  ";
        }
        return out.append("\n}\n").toString();
    }

    /**
     * Reads a document back.
     *
     * @param source what it was read from, for messages
     * @throws HendersonException when the text is not a document of this schema
     */
    public static FitDocument read(String json, String source) {
        try {
            return GSON.fromJson(tree(json, source), FitDocument.class);
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new HendersonException(source + " is not a saved fit: " + reason(e) + ".", null, e);
        }
    }

    /**
     * Reads a saved fit back.
     *
     * @param source what it was read from, for messages
     * @throws HendersonException when the text is not a saved fit, or holds only the document
     */
    public static SavedFit readSaved(String json, String source) {
        try {
            JsonObject tree = tree(json, source);
            JsonElement state = tree.remove(STATE);
            if (state == null || !state.isJsonObject()) {
                throw new HendersonException(
                        source + " holds a fit's results, but not what is needed to go on from it.",
                        "Maybe it was made with --output json; --save keeps everything.");
            }
            SavedFit saved =
                    new SavedFit(GSON.fromJson(tree, FitDocument.class), GSON.fromJson(state, SavedState.class));
            RequiredParts.check(saved, "", source);
            return saved;
        } catch (HendersonException e) {
            throw e;
        } catch (RuntimeException e) { // Gson wraps what a constructor refuses in one
            throw new HendersonException(source + " is not a saved fit: " + reason(e) + ".", null, e);
        }
    }

    /** What the parser says, without the name of its exception and its second line of advice. */
    private static String reason(RuntimeException e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return first.replaceFirst("^[\\w.]*Exception: ", "");
    }

    private static JsonObject tree(String json, String source) {
        try {
            JsonElement tree = JsonParser.parseString(json);
            JsonElement schema = tree.isJsonObject() ? tree.getAsJsonObject().get("schema") : null;
            if (schema == null || !schema.isJsonPrimitive() || !FitDocument.SCHEMA.equals(schema.getAsString())) {
                throw new HendersonException(
                        source + " is not a saved fit: its schema is " + schema + ", not \"" + FitDocument.SCHEMA
                                + "\".",
                        "Maybe it is another file, or of another version.");
            }
            return tree.getAsJsonObject();
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new HendersonException(source + " is not a saved fit: " + reason(e) + ".", null, e);
        }
    }

    /** Doubles, with null for what is not a finite number. */
    private static final class Numbers extends TypeAdapter<Double> {
        private final Double absent;

        private Numbers(Double absent) {
            this.absent = absent;
        }

        @Override
        public void write(JsonWriter out, Double x) throws IOException {
            if (x == null || !Double.isFinite(x)) {
                out.nullValue();
            } else {
                out.value(x);
            }
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return absent;
            }
            return in.nextDouble();
        }
    }
}
