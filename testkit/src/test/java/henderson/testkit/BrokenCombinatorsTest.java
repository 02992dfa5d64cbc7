package henderson.testkit;

import static henderson.testkit.Laws.assertCaught;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.Coordinate;
import henderson.api.Positions;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The laws of structures, and the one of combinators, see what is broken in a combinator. */
class BrokenCombinatorsTest {
    private static CombinatorContract contract(BiFunction<Positions, BoundStructure, BoundStructure> broken) {
        Combinator combinator = new LevelVariances() {
            @Override
            public BoundStructure bind(Arguments arguments, Positions pairs, List<BoundStructure> inner) {
                return broken.apply(pairs, inner.get(0));
            }
        };
        return new LevelVariancesTest() {
            @Override
            public Combinator combinator() {
                return combinator;
            }
        };
    }

    @Test
    void levels_that_nobody_gave_are_caught() {
        assertCaught(contract((pairs, inner) -> new LevelVariances.Bound(pairs, inner) {
                    @Override
                    public List<String> levels() {
                        return List.of("c", "d").subList(0, super.levels().size());
                    }
                })
                .parameters_belong_to_levels_that_exist());
    }

    @Test
    void own_level_and_inner_index_exchanged_are_caught() {
        assertCaught(contract((pairs, inner) -> new LevelVariances.Bound(pairs, inner) {
                    @Override
                    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                        super.matrix(tau, at, out);
                        for (int i = 0; i < at.length; i++) {
                            out.set(i, i, out.get(i, i) * (1 + i)); // the place in the list, not the pair
                        }
                        return out;
                    }
                })
                .any_list_of_positions_gives_the_sub_matrix());
    }

    @Test
    void a_scale_left_free_within_is_caught() {
        assertCaught(contract((pairs, inner) -> new LevelVariances.Bound(pairs, inner) {
                    @Override
                    public List<Coordinate> coordinates() {
                        List<Coordinate> out = new ArrayList<>(super.coordinates());
                        Coordinate last = out.get(out.size() - 1);
                        out.add(new Coordinate("again", true, 1, new double[0], last.natural(), t -> t * t));
                        return out;
                    }
                })
                .there_are_as_many_natural_parameters_as_coordinates());
    }

    @Test
    void a_whitening_that_sorts_its_pattern_is_caught() {
        assertCaught(contract((pairs, inner) -> new LevelVariances.Bound(pairs, inner) {
                    @Override
                    public Whitening whitening(int[] at) {
                        int[] sorted = at.clone();
                        Arrays.sort(sorted);
                        return super.whitening(sorted);
                    }
                })
                .patterns_in_any_order_are_whitened());
    }
}
