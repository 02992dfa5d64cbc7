package henderson.testkit;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;

/** What the implementer of {@link CovarianceStructureContract} provides, and the random points at which laws are tested. */
public interface StructureDraws {
    /** The kind under test. */
    CovarianceStructure structure();

    /** Numbers of positions to bind to, the smallest first. */
    default int[] sizes() {
        return new int[] {1, 2, 3, 5};
    }

    /** Arguments for {@code size} positions. */
    default Arguments arguments(int size) {
        return Arguments.of(structure().name(), structure().arguments(), java.util.Map.of());
    }

    /** {@code size} positions; what the kind did not ask for is refused. */
    default Positions positions(int size) {
        return new StrictPositions(structure().positions(), size);
    }

    /** Positions of a long pattern: runs without gaps, and gaps between them. */
    default Positions longPositions(int size) {
        return new StrictPositions(structure().positions(), size, true);
    }

    /** Length of the long pattern at which whitening meets dense algebra; 0 for kinds that are dense themselves. */
    default int longSize() {
        return 0;
    }

    /** Whether whitenings promise to allocate nothing after birth. */
    default boolean isFrugal() {
        return false;
    }

    /** How many random points for each size. */
    default int draws() {
        return 4;
    }

    /**
     * A random point in the interior.
     *
     * @param size   number of positions
     * @param bound  the structure bound to them
     * @param tau    its coordinates, admissible with their neighbourhood, away from every boundary value
     * @param random for whatever else a law needs
     */
    record Draw(int size, BoundStructure bound, double[] tau, Random random) {
        /** Number of coordinates. */
        public int parameters() {
            return tau.length;
        }

        /** 0, 1, …, size − 1. */
        public int[] all() {
            return IntStream.range(0, size).toArray();
        }

        /** The whole matrix. */
        public DMatrixRMaj matrix() {
            return matrix(tau);
        }

        /** The whole matrix at another point. */
        public DMatrixRMaj matrix(double[] at) {
            return bound.matrix(at, all(), new DMatrixRMaj(size, size));
        }

        /** {@code ∂matrix/∂τₖ} at a point. */
        public DMatrixRMaj derivative(double[] at, int k) {
            DMatrixRMaj out = new DMatrixRMaj(size, size);
            bound.derivative(at, k, all(), out);
            return out;
        }

        /** Any list of positions, repeats and any order included: the whole, permuted, shorter, longer. */
        public List<int[]> lists() {
            List<int[]> out = new ArrayList<>();
            out.add(all());
            out.add(IntStream.range(0, size).map(i -> size - 1 - i).toArray());
            out.add(new int[] {random.nextInt(size)});
            out.add(random.ints(size + 2L, 0, size).toArray());
            out.addAll(subsets());
            return out;
        }

        /** Ascending lists without repeats: the whole, the last alone, all but the first, a random one. */
        public List<int[]> subsets() {
            List<int[]> out = new ArrayList<>();
            out.add(all());
            if (size > 1) {
                out.add(new int[] {size - 1});
                out.add(IntStream.range(1, size).toArray());
                int kept = random.nextInt(size);
                out.add(IntStream.range(0, size)
                        .filter(i -> i == kept || random.nextBoolean())
                        .toArray());
            }
            return out;
        }
    }

    /** One test for each size and seed. */
    default Stream<DynamicTest> forEachDraw(Consumer<Draw> law) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int size : sizes()) {
            for (int seed = 1; seed <= draws(); seed++) {
                long start = 1000L * size + seed;
                tests.add(DynamicTest.dynamicTest(
                        structure().name() + ", size " + size + ", seed " + start,
                        () -> law.accept(draw(size, new Random(start)))));
            }
        }
        return tests.stream();
    }

    /** Draws a point; see {@link Draw}. */
    default Draw draw(int size, Random random) {
        BoundStructure bound = structure().bind(arguments(size), positions(size));
        for (int attempt = 0; attempt < 1000; attempt++) {
            Draw draw = new Draw(size, bound, point(bound, random), random);
            if (isInterior(draw)) {
                return draw;
            }
        }
        throw new AssertionError("No admissible point of " + structure().name() + " was found near its neutral one.");
    }

    private static double[] point(BoundStructure bound, Random random) {
        List<Coordinate> coordinates = bound.coordinates();
        double[] tau = new double[coordinates.size()];
        for (int k = 0; k < tau.length; k++) {
            tau[k] = coordinates.get(k).neutral() + 0.6 * random.nextGaussian();
        }
        return tau;
    }

    /** Admissible a tenth around, a fifth away from snap values, eigenvalues within four decades. */
    private static boolean isInterior(Draw draw) {
        List<Coordinate> coordinates = draw.bound().coordinates();
        for (int k = 0; k < draw.parameters(); k++) {
            for (double snap : coordinates.get(k).snaps()) {
                if (Math.abs(draw.tau()[k] - snap) < 0.2) {
                    return false;
                }
            }
            double[] moved = draw.tau().clone();
            for (double step : new double[] {-0.1, 0.1}) {
                moved[k] = draw.tau()[k] + step;
                if (Small.hasNaN(draw.matrix(moved))) {
                    return false;
                }
            }
        }
        double[] eigenvalues = SymmetricEigen.of(draw.matrix()).values();
        return eigenvalues[0] > 1e-4 * eigenvalues[draw.size() - 1];
    }
}
