package henderson.em;

import henderson.api.BoundStructure;
import henderson.api.Moments;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** The M-step of one term. */
final class TermMaximizer {
    private TermMaximizer() {}

    /**
     * The maximizer of {@code −count·log|G| − tr(G⁻¹ΛWΛᵀ)}; in closed form where all coordinates are free and there is one.
     *
     * @param own    where the term stands, not modified
     * @param lambda {@code ΛΛᵀ} is G there
     */
    static double[] maximize(
            BoundStructure structure, int[] at, double[] own, DMatrixRMaj lambda, DMatrixRMaj w, double count) {
        boolean[] free = structure.free(own);
        boolean inside = true;
        for (boolean f : free) {
            inside &= f;
        }
        if (inside) {
            double[] best = own.clone();
            DMatrixRMaj sum = NumericMaximizer.congruence(lambda, w);
            if (structure.maximize(List.of(new Moments(at, count, sum)), best)) {
                return best;
            }
        }
        return NumericMaximizer.maximize(structure, at, own, free, lambda, w, count);
    }
}
