package henderson.framework;

import henderson.api.HendersonException;
import java.util.List;
import java.util.function.Supplier;

/** Says of a plug-in that was built against another version what is wrong with it, whenever that comes to light. */
final class OtherVersions {
    static final String ADVICE = "Maybe it was built for another version of Henderson or for a newer Java.";

    private OtherVersions() {}

    /**
     * The result of {@code action}.
     *
     * @param jars third-party jars; without any, a linkage error is ours and passes through
     * @throws HendersonException for a linkage error; the message names the plug-in's class, or all jars
     */
    static <T> T named(List<String> jars, Supplier<T> action) {
        try {
            return action.get();
        } catch (LinkageError e) {
            if (jars.isEmpty()) {
                throw e;
            }
            throw new HendersonException(
                    "A plug-in of " + String.join(", ", jars) + " does not fit this version of Henderson: " + what(e)
                            + where(e) + ".",
                    ADVICE,
                    e);
        }
    }

    /** Kind and message of an error, on one line. */
    static String what(Throwable e) {
        String message = e.getMessage() == null ? "" : ": " + e.getMessage().replace('\n', ' ');
        String text = e.getClass().getSimpleName() + message;
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** The first class of a plug-in on the way. */
    private static String where(LinkageError e) {
        for (StackTraceElement frame : e.getStackTrace()) {
            if (PluginFinder.LOADER.equals(frame.getClassLoaderName())) {
                return " in " + frame.getClassName();
            }
        }
        return "";
    }
}
