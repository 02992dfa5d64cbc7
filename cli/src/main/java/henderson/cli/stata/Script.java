package henderson.cli.stata;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into commands: at newlines and semicolons, without comments ({@code *} at the start of a line, {@code //},
 * {@code /* … *}{@code /}), joined over {@code ///}. Where the first line begins with the prompt {@code ". "} the text is a
 * transcript: only lines with a prompt, and those that continue them with {@code "> "}, are commands.
 */
final class Script {
    private Script() {}

    static List<String> commands(String text) {
        String source = text.replace("\r\n", "\n").replace('\r', '\n');
        String commands = isTranscript(source) ? prompted(source) : source;
        List<String> out = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        boolean semicolons = false;
        for (String line : withoutBlocks(commands).split("\n", -1)) {
            String rest = line.strip();
            if (rest.startsWith("#delimit") || rest.startsWith("#d ")) {
                semicolons = rest.contains(";");
                continue;
            }
            if (command.toString().isBlank() && rest.startsWith("*")) {
                continue;
            }
            boolean continued = rest.startsWith("///") || rest.contains(" ///");
            rest = beforeComment(rest).strip();
            split(rest, command, out);
            if (continued || semicolons) {
                command.append(' ');
            } else {
                finish(command, out);
            }
        }
        finish(command, out);
        return out;
    }

    private static boolean isTranscript(String text) {
        return text.lines()
                .filter(l -> !l.isBlank())
                .findFirst()
                .map(l -> l.stripLeading().startsWith(". "))
                .orElse(false);
    }

    private static String prompted(String text) {
        StringBuilder out = new StringBuilder();
        boolean inside = false;
        for (String line : text.split("\n")) {
            String rest = line.stripLeading();
            if (rest.startsWith(". ")) {
                out.append('\n').append(rest.substring(2));
                inside = true;
            } else if (inside && rest.startsWith("> ")) {
                int joined = out.lastIndexOf("///");
                boolean cut = joined > out.lastIndexOf("\n");
                out.setLength(cut ? out.substring(0, joined).stripTrailing().length() : out.length());
                out.append(cut ? " " : "").append(rest.substring(2)); // long lines are broken anywhere
            } else {
                inside = false;
            }
        }
        return out.toString();
    }

    private static String withoutBlocks(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (true) {
            int open = text.indexOf("/*", at);
            int close = open < 0 ? -1 : text.indexOf("*/", open + 2);
            if (close < 0) {
                return out.append(text, at, open < 0 ? text.length() : open).toString();
            }
            out.append(text, at, open).append(' ');
            at = close + 2;
        }
    }

    private static String beforeComment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            quoted ^= line.charAt(i) == '"';
            boolean begins = i == 0 || Character.isWhitespace(line.charAt(i - 1));
            if (!quoted && begins && line.startsWith("//", i)) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static void split(String line, StringBuilder command, List<String> out) {
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            quoted ^= c == '"';
            if (c == ';' && !quoted) {
                finish(command, out);
            } else {
                command.append(c);
            }
        }
    }

    private static void finish(StringBuilder command, List<String> out) {
        String text = command.toString().strip();
        if (!text.isEmpty() && !text.startsWith("*")) {
            out.add(text);
        }
        command.setLength(0);
    }
}
