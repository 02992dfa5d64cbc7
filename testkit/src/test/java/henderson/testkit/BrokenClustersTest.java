package henderson.testkit;

import static henderson.testkit.Laws.assertCaught;
import static henderson.testkit.Laws.assertKept;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Clusters;
import henderson.api.Fold;
import org.junit.jupiter.api.Test;

/** Each law of clusters fails for a fold that breaks it. */
class BrokenClustersTest {
    private static ClustersContract contract(Clusters broken) {
        return () -> broken;
    }

    /** One accumulator, leaf after leaf. */
    private static final class OneAccumulator implements Clusters {
        @Override
        public <A> A fold(int leaves, Fold<A> fold) {
            A all = fold.create();
            for (int i = 0; i < leaves; i++) {
                fold.accumulate(i, all);
            }
            return all;
        }
    }

    /** A chain of merges instead of a tree; {@code backward} from the last leaf on. */
    private record Chain(boolean backward, int forgotten, int twice) implements Clusters {
        @Override
        public <A> A fold(int leaves, Fold<A> fold) {
            A all = fold.create();
            for (int i = 0; i < leaves; i++) {
                int leaf = backward ? leaves - 1 - i : i;
                A next = i == 0 ? all : fold.create();
                if (leaf != forgotten) {
                    fold.accumulate(leaf, next);
                }
                if (leaf == twice) {
                    fold.accumulate(leaf, next);
                }
                if (i > 0) {
                    fold.merge(all, next);
                }
            }
            return all;
        }
    }

    /** Keeps the tree, but merges twice what has ended with the first time. */
    private static final class Stubborn implements Clusters {
        @Override
        public <A> A fold(int leaves, Fold<A> fold) {
            return new ReferenceClusters().fold(leaves, new Fold<A>() {
                @Override
                public A create() {
                    return fold.create();
                }

                @Override
                public void accumulate(int leaf, A into) {
                    fold.accumulate(leaf, into);
                }

                @Override
                public void merge(A into, A from) {
                    fold.merge(into, from);
                    fold.merge(into, from);
                }
            });
        }
    }

    /** Swallows what leaves throw. */
    private static final class Deaf implements Clusters {
        @Override
        public int threads() {
            return 0;
        }

        @Override
        public <A> A fold(int leaves, Fold<A> fold) {
            try {
                return new ReferenceClusters().fold(leaves, fold);
            } catch (RuntimeException swallowed) {
                return fold.create();
            }
        }
    }

    @Test
    void one_accumulator_for_all_leaves_is_caught() {
        assertCaught(contract(new OneAccumulator()).accumulators_never_alias_and_neighbours_are_merged_left_to_right());
        assertCaught(contract(new OneAccumulator()).a_sum_has_the_bits_of_the_reference_tree());
    }

    @Test
    void another_tree_is_caught() {
        ClustersContract chain = contract(new Chain(false, -1, -1));
        assertKept(chain.every_leaf_is_added_once());
        assertKept(chain.accumulators_never_alias_and_neighbours_are_merged_left_to_right());
        assertCaught(chain.the_tree_of_merges_is_the_reference_tree());
        assertCaught(chain.a_sum_has_the_bits_of_the_reference_tree());
    }

    @Test
    void merges_from_right_to_left_are_caught() {
        assertCaught(
                contract(new Chain(true, -1, -1)).accumulators_never_alias_and_neighbours_are_merged_left_to_right());
    }

    @Test
    void a_leaf_forgotten_or_added_twice_is_caught() {
        assertCaught(contract(new Chain(false, 2, -1)).every_leaf_is_added_once());
        assertCaught(contract(new Chain(false, -1, 2)).every_leaf_is_added_once());
    }

    @Test
    void an_accumulator_used_after_its_end_is_caught() {
        assertCaught(contract(new Stubborn()).accumulators_never_alias_and_neighbours_are_merged_left_to_right());
    }

    @Test
    void a_failure_swallowed_is_caught() {
        assertThatThrownBy(() -> contract(new Deaf()).a_failure_in_a_leaf_reaches_the_caller())
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract(new Deaf()).there_is_a_thread()).isInstanceOf(AssertionError.class);
    }
}
