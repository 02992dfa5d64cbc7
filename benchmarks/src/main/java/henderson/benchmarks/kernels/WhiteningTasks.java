package henderson.benchmarks.kernels;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.api.Registry;
import henderson.api.Side;
import henderson.api.Whitening;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Whitening of {@value #COLUMNS} columns at n equally spaced times, parameters set anew each time. The result is
 * {@code log|R|}, then {@code xᵀR⁻¹x} for each column: different square roots agree in these.
 */
final class WhiteningTasks {
    /** Columns whitened: X, Z and y of a small model. */
    static final int COLUMNS = 6;

    /** A structure of order 2 is none at fewer times; a group that has fewer is a part of a pattern. */
    private static final int FEWEST = 3;

    /** Calls by the names of structures, with their arguments. */
    static final Map<String, Map<String, Object>> CALLS = Map.ofEntries(
            Map.entry("independent", Map.of()),
            Map.entry("exchangeable", Map.of()),
            Map.entry("ar", Map.of("1", 1)),
            Map.entry("ar2", Map.of("1", 2)),
            Map.entry("ma", Map.of("1", 1)),
            Map.entry("arma", Map.of("1", 1, "2", 1)),
            Map.entry("toeplitz", Map.of()),
            Map.entry("banded", Map.of("1", 2)),
            Map.entry("exponential", Map.of()),
            Map.entry("gaussian", Map.of("nugget", true)),
            Map.entry("matern", Map.of()),
            Map.entry("unstructured", Map.of()));

    private WhiteningTasks() {}

    /** The structure at n times, of which it has at least {@value #FEWEST}. */
    static BoundStructure bound(Registry registry, String call, int n) {
        String name = call.equals("ar2") ? "ar" : call;
        CovarianceStructure structure = registry.structure(Side.RESIDUAL, name);
        int[] times = new int[Math.max(n, FEWEST)];
        Arrays.setAll(times, i -> i + 1);
        Map<String, Object> given = CALLS.getOrDefault(call, Map.of());
        return structure.bind(Arguments.of(name, structure.arguments(), given), Positions.integers(times));
    }

    /** A point inside: neutral values, correlations moved a little away from 0. */
    private static double[] tau(BoundStructure bound) {
        List<Coordinate> coordinates = bound.coordinates();
        double[] tau = new double[coordinates.size()];
        for (int k = 0; k < tau.length; k++) {
            double neutral = coordinates.get(k).neutral();
            tau[k] = neutral == 0 ? 0.2 / (1 + k) : neutral;
        }
        return tau;
    }

    static Task task(String library, BoundStructure bound, int n) {
        double[] x = new Random(n).doubles((long) n * COLUMNS, -1, 1).toArray();
        double[] tau = tau(bound);
        int[] at = new int[n];
        Arrays.setAll(at, i -> i);
        return switch (library) {
            case "henderson" -> whitening(bound.whitening(at), tau, x);
            case "henderson-dense" -> whitening(general(bound).whitening(at), tau, x);
            case "ejml" -> ejml(bound, at, tau, x);
            default -> throw new IllegalStateException(library + " has no whitening");
        };
    }

    /** The structure as one that has nothing but its matrix. */
    private static BoundStructure general(BoundStructure bound) {
        return new BoundStructure() {
            @Override
            public List<Coordinate> coordinates() {
                return bound.coordinates();
            }

            @Override
            public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                return bound.matrix(tau, at, out);
            }
        };
    }

    private static Task whitening(Whitening whitening, double[] tau, double[] x) {
        double[] white = new double[x.length];
        return new SimpleTask(
                () -> {
                    if (!whitening.update(tau)) {
                        throw new IllegalStateException("not positive definite");
                    }
                    System.arraycopy(x, 0, white, 0, x.length);
                    whitening.whiten(white, 0, COLUMNS);
                    return white;
                },
                () -> summary(whitening.logDeterminant(), white));
    }

    private static Task ejml(BoundStructure bound, int[] at, double[] tau, double[] x) {
        int n = at.length;
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        var cholesky = DecompositionFactory_DDRM.chol(n, true);
        double[][] columns = Layouts.rows(Layouts.transposed(x, n, COLUMNS), n);
        double[][] white = Layouts.rows(Layouts.flat(columns), n);
        return new SimpleTask(
                () -> {
                    bound.matrix(tau, at, matrix);
                    if (!cholesky.decompose(matrix)) {
                        throw new IllegalStateException("not positive definite");
                    }
                    for (int c = 0; c < COLUMNS; c++) {
                        System.arraycopy(columns[c], 0, white[c], 0, n);
                        TriangularSolver_DDRM.solveL(matrix.data, white[c], n);
                    }
                    return white;
                },
                () -> {
                    double logDeterminant = 0;
                    for (int i = 0; i < n; i++) {
                        logDeterminant += 2 * Math.log(matrix.get(i, i));
                    }
                    return summary(logDeterminant, Layouts.transposed(Layouts.flat(white), COLUMNS, n));
                });
    }

    private static double[] summary(double logDeterminant, double[] white) {
        double[] out = new double[1 + COLUMNS];
        out[0] = logDeterminant;
        for (int i = 0; i < white.length; i++) {
            out[1 + i % COLUMNS] += white[i] * white[i];
        }
        return out;
    }
}
