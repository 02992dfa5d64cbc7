package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Factor and selected inverse of crossings that are full, nearly full and not, against dense algebra. */
class FullCrossingTest {
    private static final double ROUNDING = 1e-12;

    @ParameterizedTest(name = "tail {0}, border {1}, filled {2}")
    @CsvSource({
        "1, 0, 1",
        "2, 1, 1",
        "3, 0, 1",
        "5, 3, 0.9",
        "24, 0, 1",
        "24, 2, 0.8",
        "25, 1, 0.6",
        "47, 0, 0.7",
        "60, 2, 0.9",
        "98, 1, 0.9",
        "24, 0, 0.2"
    })
    void factor_and_inverse_equal_the_dense_ones(int tail, int border, double filled) {
        Rowed rowed = crossing(tail, border, filled, new Random(tail + border));
        boolean full = tail <= 96 && filled > 0.5;
        assertThat(rowed.factor.crossing().full(0)).isEqualTo(full);
        rowed.assemble();
        assertThat(rowed.cholesky()).isNotNull();
        DMatrixRMaj r = rowed.factorR();
        assertThat(Dense.error(r, rowed.r)).isLessThan(ROUNDING);
        if (border > 0) {
            assertThat(Dense.error(rowed.factorK(), rowed.k)).isLessThan(ROUNDING);
        }
        rowed.factor.invert(0, rowed.scratch);
        DMatrixRMaj inverse = Dense.inverse(rowed.m);
        double size = CommonOps_DDRM.elementMaxAbs(inverse);
        for (int a = 0; a < rowed.graph.nodes(); a++) {
            for (int b = 0; b < rowed.graph.nodes(); b++) {
                if (a == b || rowed.graph.edge(a, b) >= 0) {
                    double here = rowed.factor.inverse()[rowed.factor.inverseOffset(a, b)];
                    double there = inverse.get(rowed.factor.row(a), rowed.factor.row(b));
                    assertThat(Math.abs(here - there)).isLessThan(ROUNDING * size);
                }
            }
        }
    }

    /** More steps than go into a tile; every node of the tail is joined to the first step. */
    private static Rowed crossing(int tail, int border, double filled, Random random) {
        int leading = 150 + tail;
        BlockGraph graph = new BlockGraph(Graphs.ones(leading + tail));
        for (int i = 0; i < leading; i++) {
            for (int k = 0; k < tail; k++) {
                if (i == 0 || k == i % tail || random.nextDouble() < filled) {
                    graph.join(i, leading + k);
                }
            }
        }
        return new Rowed(graph, Graphs.upTo(graph, leading), border, random);
    }
}
