package henderson.benchmarks;

import henderson.framework.Henderson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the machine is, and what it does beside. */
final class Machine {
    private Machine() {}

    /** Name and value of what times depend on. */
    static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        String system = System.getProperty("os.name") + " " + System.getProperty("os.version");
        facts.put("system", system + ", " + System.getProperty("os.arch"));
        facts.put("processor", found("/proc/cpuinfo", "model name", "unknown"));
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        String memory = found("/proc/meminfo", "MemTotal", "").replaceAll("\\D", "");
        if (!memory.isEmpty()) {
            facts.put("memory", String.format(Locale.ROOT, "%.1f GiB", Double.parseDouble(memory) / (1 << 20)));
        }
        String version = Henderson.class.getPackage().getImplementationVersion();
        facts.put("Henderson", version == null ? "from classes" : version);
        facts.put("dense kernels", Henderson.denseBackend());
        facts.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        return facts;
    }

    /** Programs that wanted to run at a time in the last minute; empty where the system does not say. */
    static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            return "";
        }
    }

    private static String found(String file, String name, String otherwise) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
