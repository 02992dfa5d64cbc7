package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.testkit.CombinatorContract;
import henderson.testkit.MatrixLaws;
import henderson.testkit.NaturalLaws;
import henderson.testkit.WhiteningLaws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/** Products obey the laws over whatever they stand: all of them on whole grids. */
class KroneckerTest {
    interface Contract extends CombinatorContract {
        @Override
        default Combinator combinator() {
            return new Kronecker();
        }

        @Override
        default int[] sizes() {
            return new int[] {1, 2, 4, 6};
        }

        /** Left positions: two where the size is even. */
        default int lefts(int size) {
            return size == 1 ? 1 : 2;
        }

        @Override
        default int[][] pairs(int size) {
            return Bind.grid(lefts(size), size / lefts(size));
        }

        BoundStructure left(int positions);

        BoundStructure right(int positions);

        @Override
        default List<BoundStructure> inner(int size) {
            return List.of(left(lefts(size)), right(size / lefts(size)));
        }
    }

    @Nested
    class UnstructuredBySerial implements Contract {
        @Override
        public BoundStructure left(int positions) {
            return Bind.unstructured(positions);
        }

        @Override
        public BoundStructure right(int positions) {
            return SerialCorrelation.of(positions);
        }
    }

    /** The right index varies from row to row. */
    @Nested
    class RightIndexFirst extends UnstructuredBySerial {
        @Override
        public int[][] pairs(int size) {
            int rights = size / lefts(size);
            int[][] out = new int[size][];
            java.util.Arrays.setAll(out, i -> new int[] {i / rights, i % rights});
            return out;
        }
    }

    @Nested
    class UnstructuredTwice implements Contract {
        @Override
        public BoundStructure left(int positions) {
            return Bind.unstructured(positions);
        }

        @Override
        public BoundStructure right(int positions) {
            return Bind.unstructured(positions);
        }
    }

    @Nested
    class ExchangeableTwice implements Contract {
        @Override
        public BoundStructure left(int positions) {
            return Bind.exchangeable(positions);
        }

        @Override
        public BoundStructure right(int positions) {
            return Bind.exchangeable(positions);
        }
    }

    @Nested
    class IndependentByUnstructured implements Contract {
        @Override
        public BoundStructure left(int positions) {
            return Bind.independent(positions);
        }

        @Override
        public BoundStructure right(int positions) {
            return Bind.unstructured(positions);
        }
    }

    @Nested
    class SerialTwice implements Contract {
        @Override
        public BoundStructure left(int positions) {
            return SerialCorrelation.of(positions);
        }

        @Override
        public BoundStructure right(int positions) {
            return SerialCorrelation.of(positions);
        }
    }

    @Nested
    class ProductByIdentity implements Contract {
        @Override
        public int[] sizes() {
            return new int[] {8};
        }

        @Override
        public int lefts(int size) {
            return 4;
        }

        @Override
        public BoundStructure left(int positions) {
            return Bind.kronecker(Bind.pairs(Bind.grid(2, 2)), Bind.unstructured(2), Bind.exchangeable(2));
        }

        @Override
        public BoundStructure right(int positions) {
            return Bind.identity(positions);
        }
    }

    /** What does not depend on which cells there are, at cells and orders at random. */
    @Nested
    class WithMissingCells implements MatrixLaws, NaturalLaws, WhiteningLaws {
        @Override
        public CovarianceStructure structure() {
            return new CovarianceStructure() {
                @Override
                public String name() {
                    return "*";
                }

                @Override
                public BoundStructure bind(Arguments arguments, Positions positions) {
                    return Bind.kronecker(positions, Bind.unstructured(3), SerialCorrelation.of(4));
                }
            };
        }

        /** The first right index whole, so that all left parameters are seen. */
        @Override
        public Positions positions(int size) {
            List<int[]> cells = new ArrayList<>(List.of(Bind.grid(3, 4)));
            Collections.shuffle(cells.subList(3, 12), new Random(size));
            List<int[]> some = cells.subList(0, size);
            Collections.shuffle(some, new Random(size));
            return Bind.pairs(some.toArray(new int[0][]));
        }

        @Override
        public int[] sizes() {
            return new int[] {5, 7, 9};
        }
    }
}
