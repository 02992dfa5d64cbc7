package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Whether the tests of a law see what is broken. */
final class Laws {
    private Laws() {}

    /** At least one test of the law fails. */
    static void assertCaught(Stream<DynamicTest> law) {
        assertThat(law.filter(Laws::fails).count()).as("failures").isPositive();
    }

    /** No test of the law fails. */
    static void assertKept(Stream<DynamicTest> law) {
        assertThat(law.filter(Laws::fails).map(DynamicTest::getDisplayName)).isEmpty();
    }

    private static boolean fails(DynamicTest test) {
        try {
            test.getExecutable().execute();
            return false;
        } catch (Throwable expected) {
            return true;
        }
    }
}
