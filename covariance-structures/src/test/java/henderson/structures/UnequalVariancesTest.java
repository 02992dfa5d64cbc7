package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.Positions;
import henderson.testkit.CombinatorContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Unequal variances obey the laws over whatever they stand. */
class UnequalVariancesTest {
    interface Contract extends CombinatorContract {
        @Override
        default Combinator combinator() {
            return new UnequalVariances();
        }

        @Override
        default int[] sizes() {
            return new int[] {2, 3, 5}; // one position has one level
        }
    }

    @Nested
    class OverIdentity implements Contract {
        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(Bind.identity(size));
        }
    }

    @Nested
    class OverExchangeable implements Contract {
        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(Bind.exchangeable(size));
        }
    }

    @Nested
    class OverSerialCorrelation implements Contract {
        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(SerialCorrelation.of(size));
        }
    }

    @Nested
    class OverSerialCorrelationWithoutTranspose implements Contract {
        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(new SerialCorrelation(
                    false, java.util.stream.IntStream.range(0, size).toArray()));
        }
    }

    /** Inner indices descend. */
    @Nested
    class OverIndicesInAnotherOrder implements Contract {
        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(SerialCorrelation.of(size));
        }

        @Override
        public int[][] pairs(int size) {
            int[][] out = Contract.super.pairs(size);
            for (int[] pair : out) {
                pair[1] = size - 1 - pair[1];
            }
            return out;
        }
    }

    /** Levels a and b of two outcomes at several times: the level changes with time. */
    @Nested
    class OverProduct implements Contract {
        @Override
        public int[] sizes() {
            return new int[] {4, 6};
        }

        @Override
        public List<BoundStructure> inner(int size) {
            int times = size / 2;
            return List.of(
                    Bind.kronecker(Bind.pairs(Bind.grid(2, times)), Bind.unstructured(2), SerialCorrelation.of(times)));
        }

        @Override
        public int[][] pairs(int size) {
            int[][] out = Contract.super.pairs(size);
            for (int i = 0; i < size; i++) {
                out[i][0] = i / 2 % 2;
            }
            return out;
        }
    }

    interface Power extends Contract {
        @Override
        default Arguments arguments(int size) {
            return Bind.arguments(combinator(), Map.of("function", "power"));
        }

        @Override
        default List<String> ownLevels() {
            return List.of();
        }

        /** The first at 1, where the variance is the reported one. */
        @Override
        default Positions positions(int size) {
            double[] x = new double[size];
            java.util.Arrays.setAll(x, i -> i % 2 == 0 ? 1 + i : -1.5 - i);
            return Bind.numbers(x);
        }

        @Override
        default int[][] pairs(int size) {
            throw new UnsupportedOperationException("A covariate has no levels.");
        }
    }

    @Nested
    class PowerOverSerialCorrelation implements Power {
        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(SerialCorrelation.of(size));
        }
    }

    @Nested
    class PowerOverIdentity implements Power {
        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(Bind.identity(size));
        }
    }

    @Nested
    class ExponentialOverExchangeable implements Power {
        @Override
        public Arguments arguments(int size) {
            return Bind.arguments(combinator(), Map.of("function", "exp"));
        }

        @Override
        public Positions positions(int size) {
            double[] x = new double[size];
            java.util.Arrays.setAll(x, i -> i * (i % 2 == 0 ? 1 : -0.7));
            return Bind.numbers(x);
        }

        @Override
        public int[] sizes() {
            return new int[] {2, 3, 5};
        }

        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(Bind.exchangeable(size));
        }
    }
}
