package henderson.cli;

import java.util.List;
import picocli.CommandLine.ParseResult;

/** The arguments of one command, by name and by place. */
interface Given {
    /** Whether a flag is given. */
    boolean has(String name);

    /** The value of an option. */
    <T> T value(String name, T otherwise);

    /** The values of an option that may be repeated. */
    List<String> values(String name);

    /** An argument without a name, counted from 0. */
    String positional(int index);

    /** As picocli read them. */
    static Given of(ParseResult parsed) {
        return new Given() {
            @Override
            public boolean has(String name) {
                return parsed.hasMatchedOption(name);
            }

            @Override
            public <T> T value(String name, T otherwise) {
                return parsed.matchedOptionValue(name, otherwise);
            }

            @Override
            public List<String> values(String name) {
                return parsed.matchedOptionValue(name, List.<String>of());
            }

            @Override
            public String positional(int index) {
                return parsed.matchedPositionalValue(index, "");
            }
        };
    }
}
