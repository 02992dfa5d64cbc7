package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.HendersonException;
import henderson.api.Natural;
import henderson.api.Positions;
import henderson.testkit.CovarianceStructureContract;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class AntedependenceTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Antedependence();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 3, 5};
    }

    @Override
    public boolean isFrugal() {
        return true;
    }

    @Test
    void correlations_are_products_of_those_between() {
        BoundStructure bound = structure().bind(Arguments.none(), Positions.of(List.of("a", "b", "c")));
        double[] tau = {1, 2, 3, Math.asin(0.5), Math.asin(-0.4)};
        DMatrixRMaj r = bound.matrix(tau, new int[] {0, 1, 2}, new DMatrixRMaj(3, 3));
        assertThat(r.data)
                .containsExactly(
                        new double[] {1, 2 * 0.5, 3 * -0.2, 1, 4, 6 * -0.4, 3 * -0.2, 6 * -0.4, 9}, within(1e-15));
        assertThat(bound.naturals())
                .containsExactly(
                        Natural.variance(0),
                        Natural.variance(1),
                        Natural.variance(2),
                        Natural.correlation("corr", 1, 0),
                        Natural.correlation("corr", 2, 1));
    }

    @Test
    void equal_variances_and_correlations_are_an_autoregression() {
        BoundStructure bound = structure().bind(Arguments.none(), Positions.of(List.of("1", "2", "3", "4")));
        BoundStructure ar = new Ar()
                .bind(Arguments.of("ar", new Ar().arguments(), java.util.Map.of()), Positions.integers(1, 2, 3, 4));
        int[] at = {0, 1, 2, 3};
        assertThat(bound.matrix(new double[] {2, 2, 2, 2, 0.7, 0.7, 0.7}, at, new DMatrixRMaj(4, 4)).data)
                .containsExactly(ar.matrix(new double[] {2, 0.7}, at, new DMatrixRMaj(4, 4)).data, within(1e-14));
    }

    @Test
    void one_occasion_is_refused() {
        assertThatThrownBy(() -> structure().bind(Arguments.none(), Positions.of(List.of("only"))))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                        .contains("one position only, only", "Maybe"));
    }
}
