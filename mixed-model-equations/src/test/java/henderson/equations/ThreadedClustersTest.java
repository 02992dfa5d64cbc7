package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Clusters;
import henderson.api.Fold;
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
    void it_still_folds_when_it_is_closed() {
        ThreadedClusters closed = new ThreadedClusters(2);
        Fold<double[]> harmonic = new Fold<>() {
            @Override
            public double[] create() {
                return new double[1];
            }

            @Override
            public void accumulate(int leaf, double[] into) {
                into[0] += 1.0 / (leaf + 1);
            }

            @Override
            public void merge(double[] into, double[] from) {
                into[0] += from[0];
            }
        };
        double[] open = closed.fold(1000, harmonic);
        closed.close();
        assertThat(closed.fold(1000, harmonic)).isEqualTo(open);
    }

    @Test
    void it_says_how_many_threads_it_has() {
        assertThat(THREE.threads()).isEqualTo(3);
    }
}
