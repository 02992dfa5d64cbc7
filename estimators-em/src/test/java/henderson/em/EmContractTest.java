package henderson.em;

import henderson.api.Clusters;
import henderson.api.Estimator;
import henderson.api.FitContext;
import henderson.equations.SequentialClusters;
import henderson.equations.ThreadedClusters;
import henderson.newton.Newton;
import henderson.testkit.EstimatorContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The laws of all estimators, for each variant, with Newton as the other one. */
class EmContractTest {
    private static final ThreadedClusters TWO = new ThreadedClusters(2);

    @AfterAll
    static void close() {
        TWO.close();
    }

    private interface Laws extends EstimatorContract {
        @Override
        default FitContext context(Clusters clusters) {
            return Context.with(clusters);
        }

        @Override
        default List<Clusters> places() {
            return List.of(new SequentialClusters(), TWO);
        }

        @Override
        default List<Estimator> others() {
            return List.of(new Newton());
        }
    }

    @Nested
    class Em implements Laws {
        @Override
        public Estimator estimator() {
            return ExpectationMaximization.em();
        }
    }

    @Nested
    class Ecme implements Laws {
        @Override
        public Estimator estimator() {
            return ExpectationMaximization.ecme();
        }
    }

    @Nested
    class PxEm implements Laws {
        @Override
        public Estimator estimator() {
            return ExpectationMaximization.pxEm();
        }
    }
}
