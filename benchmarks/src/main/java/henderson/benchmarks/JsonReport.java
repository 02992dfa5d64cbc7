package henderson.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** The results as JSON: all samples, medians, ratios, the machine. What is not known is null. */
final class JsonReport {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .registerTypeAdapter(Double.class, new Finite())
            .registerTypeAdapter(double.class, new Finite())
            .create();

    private JsonReport() {}

    static String write(Results results) {
        JsonObject all = new JsonObject();
        all.add("machine", GSON.toJsonTree(results.machine()));
        all.add("bars", GSON.toJsonTree(results.verdicts()));
        JsonArray measurements = new JsonArray();
        for (Measurement m : results.all()) {
            JsonObject one = GSON.toJsonTree(m).getAsJsonObject();
            one.add("medianCpu", GSON.toJsonTree(m.medianCpu()));
            one.add("medianElapsed", GSON.toJsonTree(m.medianElapsed()));
            one.add("largestPeak", GSON.toJsonTree(m.largestPeak()));
            measurements.add(one);
        }
        all.add("measurements", measurements);
        return GSON.toJson(all) + "\n";
    }

    private static final class Finite extends TypeAdapter<Double> {
        @Override
        public void write(JsonWriter out, Double value) throws IOException {
            if (value == null || value.isNaN() || value.isInfinite()) {
                out.nullValue();
            } else {
                out.value(value);
            }
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            return in.nextDouble();
        }
    }
}
