package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.testkit.CombinatorContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Separate parameters obey the laws over whatever they stand. */
class ByTest {
    /** Every level has all positions of the structure within, ordered by inner index, then by level. */
    interface Contract extends CombinatorContract {
        @Override
        default Combinator combinator() {
            return new By();
        }

        @Override
        default int[] sizes() {
            return new int[] {2, 4, 6};
        }

        @Override
        default int[][] pairs(int size) {
            return Bind.grid(2, size / 2);
        }

        BoundStructure structureOf(int positions);

        @Override
        default List<BoundStructure> inner(int size) {
            return List.of(structureOf(size / 2));
        }
    }

    @Nested
    class OverIdentity implements Contract {
        @Override
        public BoundStructure structureOf(int positions) {
            return Bind.identity(positions);
        }
    }

    @Nested
    class OverIndependent implements Contract {
        @Override
        public BoundStructure structureOf(int positions) {
            return Bind.independent(positions);
        }
    }

    @Nested
    class OverExchangeable implements Contract {
        @Override
        public BoundStructure structureOf(int positions) {
            return Bind.exchangeable(positions);
        }
    }

    @Nested
    class OverUnstructured implements Contract {
        @Override
        public BoundStructure structureOf(int positions) {
            return Bind.unstructured(positions);
        }
    }

    @Nested
    class OverSerialCorrelation implements Contract {
        @Override
        public BoundStructure structureOf(int positions) {
            return SerialCorrelation.of(positions);
        }
    }

    /** Positions of a level in descending order. */
    @Nested
    class OverIndicesInAnotherOrder implements Contract {
        @Override
        public BoundStructure structureOf(int positions) {
            return SerialCorrelation.of(positions);
        }

        @Override
        public int[][] pairs(int size) {
            int[][] out = Contract.super.pairs(size);
            for (int[] pair : out) {
                pair[1] = size / 2 - 1 - pair[1];
            }
            return out;
        }
    }

    /** Level a has one position more than level b, each a structure of its own. */
    @Nested
    class OverOneStructureEach implements Contract {
        @Override
        public int[] sizes() {
            return new int[] {3, 5};
        }

        @Override
        public int[][] pairs(int size) {
            return Bind.grid(2, (size + 1) / 2);
        }

        @Override
        public BoundStructure structureOf(int positions) {
            return Bind.unstructured(positions);
        }

        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(Bind.unstructured((size + 1) / 2), Bind.exchangeable(size / 2));
        }
    }

    /** Three deep: by(variances(unstructured * serial)). */
    @Nested
    class OverVariancesOfProduct implements Contract {
        @Override
        public int[] sizes() {
            return new int[] {8};
        }

        @Override
        public BoundStructure structureOf(int positions) {
            BoundStructure product = Bind.kronecker(
                    Bind.pairs(Bind.grid(2, positions / 2)), Bind.unstructured(2), SerialCorrelation.of(positions / 2));
            int[][] early = new int[positions][];
            java.util.Arrays.setAll(early, i -> new int[] {i / 2 % 2, i});
            return Bind.variances(Bind.pairs(early), product);
        }
    }
}
