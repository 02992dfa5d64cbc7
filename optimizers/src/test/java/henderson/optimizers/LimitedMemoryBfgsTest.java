package henderson.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Optimizer;
import henderson.api.Optimizer.Limits;
import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;
import henderson.testkit.OptimizerContract;
import henderson.testkit.TestFunctions;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LimitedMemoryBfgsTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new LimitedMemoryBfgs();
    }

    @Test
    void more_coordinates_than_memory_converge() {
        Optimum end = new LimitedMemoryBfgs()
                .minimize(TestFunctions.rosenbrock(40), new double[40], new Limits(1000, 5000, 1e-12), step -> {});
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.value()).isLessThan(1e-9);
    }

    @Test
    void the_recursion_of_two_loops_is_the_dense_update_while_nothing_is_forgotten() {
        Random random = new Random(5);
        int n = 6;
        // the dense method keeps the scale of the first update, the recursion takes that of the newest: make them one
        LimitedInverse limited = new LimitedInverse(n, 4);
        DenseInverse dense = new DenseInverse(n);
        dense.reset();
        for (int update = 0; update < 4; update++) {
            double[] s = random.doubles(n, -1, 1).toArray();
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                y[i] = s[i] + 0.3 * random.nextDouble();
            }
            double ratio = Search.dot(s, y) / Search.dot(y, y);
            for (int i = 0; i < n; i++) {
                y[i] *= ratio;
            }
            limited.update(s, y, Search.dot(s, y));
            dense.update(s, y, Search.dot(s, y));
        }
        double[] g = random.doubles(n, -1, 1).toArray();
        double[] one = new double[n];
        double[] other = new double[n];
        limited.direction(g, one);
        dense.direction(g, other);
        // sums of six terms, four times
        assertThat(one).containsExactly(other, within(1e-12));
    }

    @Test
    void the_oldest_update_is_forgotten() {
        LimitedInverse limited = new LimitedInverse(2, 1);
        limited.update(new double[] {1, 0}, new double[] {50, 0}, 50);
        limited.update(new double[] {0, 1}, new double[] {0, 2}, 2);
        double[] p = new double[2];
        limited.direction(new double[] {1, 1}, p);
        // only the newest is known: B = ½I
        assertThat(p).containsExactly(-0.5, -0.5);
    }
}
