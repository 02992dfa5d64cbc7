package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.FitListener;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Gram matrix against inner products of the matrices themselves. */
class IdentifiabilityTest {
    @ParameterizedTest
    @EnumSource(RandomDesigns.Arrangement.class)
    void gram_matrix_holds_the_inner_products(RandomDesigns.Arrangement arrangement) {
        Design design = RandomDesigns.draw(arrangement, RandomDesigns.Options.PLAIN, 3, 5);
        LinearEquations equations =
                LinearEquations.of(design.model(new Unstructured()).build(), FitListener.SILENT);
        Random random = new Random(2);
        List<Integer> termOf = new ArrayList<>();
        List<DMatrixRMaj> derivative = new ArrayList<>();
        List<DMatrixRMaj> v = new ArrayList<>();
        int n = design.rows();
        for (int t = 0; t < design.terms().size(); t++) {
            for (int k = 0; k < 2; k++) {
                int q = design.terms().get(t).columns();
                DMatrixRMaj d = new DMatrixRMaj(q, q);
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j <= i; j++) {
                        d.set(i, j, random.nextGaussian());
                        d.set(j, i, d.get(i, j));
                    }
                }
                termOf.add(t);
                derivative.add(d);
                v.add(DenseInformation.spread(design.terms().get(t), d, n));
            }
        }
        v.add(CommonOps_DDRM.identity(n));
        DMatrixRMaj gram = Identifiability.gram(
                equations,
                termOf.stream().mapToInt(Integer::intValue).toArray(),
                derivative.toArray(DMatrixRMaj[]::new));
        for (int j = 0; j < v.size(); j++) {
            for (int k = 0; k < v.size(); k++) {
                double expected =
                        inner(v.get(j), v.get(k)) / Math.sqrt(inner(v.get(j), v.get(j)) * inner(v.get(k), v.get(k)));
                assertThat(gram.get(j, k)).as("%d, %d", j, k).isCloseTo(expected, within(1e-12));
            }
        }
    }

    private static double inner(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
    }
}
