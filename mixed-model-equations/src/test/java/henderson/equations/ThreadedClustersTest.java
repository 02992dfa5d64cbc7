package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Clusters;
import henderson.testkit.ClustersContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ThreadedClustersTest {
    private static final ThreadedClusters ONE = new ThreadedClusters(1);
    private static final ThreadedClusters TWO = new ThreadedClusters(2);
    private static final ThreadedClusters THREE = new ThreadedClusters(3);

    @AfterAll
    static void close() {
        ONE.close();
        TWO.close();
        THREE.close();
    }

    @Nested
    class OnOneThread implements ClustersContract {
        @Override
        public Clusters clusters() {
            return ONE;
        }
    }

    @Nested
    class OnTwoThreads implements ClustersContract {
        @Override
        public Clusters clusters() {
            return TWO;
        }
    }

    @Nested
    class OnThreeThreads implements ClustersContract {
        @Override
        public Clusters clusters() {
            return THREE;
        }
    }

    @Test
    void it_says_how_many_threads_it_has() {
        assertThat(THREE.threads()).isEqualTo(3);
    }
}
