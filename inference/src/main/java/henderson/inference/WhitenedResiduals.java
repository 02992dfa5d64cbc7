package henderson.inference;

import henderson.api.BoundStructure;
import henderson.api.HendersonException;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code C⁻¹r/σ̂} group by group, rows in any order, theory (3). */
final class WhitenedResiduals {
    private final BoundStructure structure;
    private final double[] tau;
    private final double sigma;
    private final Map<Integer, List<Line>> groups = new LinkedHashMap<>();
    private int rows;

    private record Line(int row, int at, double value) {}

    /**
     * Nothing yet.
     *
     * @param tau the structure's coordinates, the held one at 1
     */
    WhitenedResiduals(BoundStructure structure, double[] tau, double sigma2) {
        this.structure = structure;
        this.tau = tau;
        this.sigma = Math.sqrt(sigma2);
    }

    /** The next row: its group, its position, and its residual times the root of its weight. */
    void add(int group, int at, double value) {
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(new Line(rows++, at, value));
    }

    /** By row, in the order they were added; NaN in a group that has a position the structure does not know. */
    double[] values() {
        double[] out = new double[rows];
        Map<List<Integer>, Whitening> known = new LinkedHashMap<>();
        for (List<Line> lines : groups.values()) {
            lines.sort((a, b) -> Integer.compare(a.at(), b.at()));
            List<Integer> at = lines.stream().map(Line::at).toList();
            double[] x = new double[at.size()];
            boolean placed = at.get(0) >= 0;
            for (int i = 0; i < x.length; i++) {
                x[i] = placed ? lines.get(i).value() : Double.NaN;
            }
            if (placed) {
                known.computeIfAbsent(at, this::whitening).whiten(x, 0, 1);
            }
            for (int i = 0; i < x.length; i++) {
                out[lines.get(i).row()] = x[i] / sigma;
            }
        }
        return out;
    }

    private Whitening whitening(List<Integer> at) {
        Whitening out =
                structure.whitening(at.stream().mapToInt(Integer::intValue).toArray());
        if (!out.update(tau)) {
            throw new HendersonException(
                    "The covariance of residuals is not positive definite at the fit's parameters.");
        }
        return out;
    }
}
