package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.testkit.CombinatorContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Combinators obey their contract over every kind of this jar that has parameters besides variances. */
class CombinatorsOverKindsTest {
    private record Kind(CovarianceStructure kind, Map<String, Object> arguments) {
        BoundStructure bind(int size) {
            return kind.bind(Arguments.of(kind.name(), kind.arguments(), arguments), new Occasions(size));
        }

        @Override
        public String toString() {
            return kind.name() + arguments;
        }
    }

    /** Whole numbers 1, 2, 3, 5, 6, 7, 9, …: runs with gaps. */
    private record Occasions(int size) implements Positions {
        @Override
        public String label(int i) {
            return Integer.toString(integer(i));
        }

        @Override
        public int integer(int i) {
            return 1 + i + i / 3;
        }
    }

    private static List<Kind> kinds() {
        return List.of(
                new Kind(new Ar(), Map.of("order", 1)),
                new Kind(new Ar(), Map.of("order", 2)),
                new Kind(new Ma(), Map.of("order", 1)),
                new Kind(new Arma(), Map.of("p", 1, "q", 1)),
                new Kind(new Toeplitz(), Map.of()),
                new Kind(new Antedependence(), Map.of()),
                new Kind(new Exponential(), Map.of()),
                new Kind(new ContinuousAr1(), Map.of()),
                new Kind(new Gaussian(), Map.of("nugget", true)),
                new Kind(new Matern(), Map.of()));
    }

    private record OfVariances(Kind kind) implements CombinatorContract {
        @Override
        public Combinator combinator() {
            return new UnequalVariances();
        }

        @Override
        public int[] sizes() {
            return new int[] {6};
        }

        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(kind.bind(size));
        }
    }

    private record OfBy(Kind kind) implements CombinatorContract {
        @Override
        public Combinator combinator() {
            return new By();
        }

        @Override
        public int[] sizes() {
            return new int[] {10};
        }

        @Override
        public int draws() {
            return 2;
        }

        @Override
        public int[][] pairs(int size) {
            return Bind.grid(2, size / 2);
        }

        @Override
        public List<BoundStructure> inner(int size) {
            return List.of(kind.bind(size / 2), kind.bind(size / 2));
        }
    }

    private record OfProduct(Kind kind, boolean onTheLeft) implements CombinatorContract {
        @Override
        public Combinator combinator() {
            return new Kronecker();
        }

        @Override
        public int[] sizes() {
            return new int[] {10};
        }

        @Override
        public int draws() {
            return 2;
        }

        @Override
        public int[][] pairs(int size) {
            return onTheLeft ? Bind.grid(size / 2, 2) : Bind.grid(2, size / 2);
        }

        @Override
        public List<BoundStructure> inner(int size) {
            return onTheLeft
                    ? List.of(kind.bind(size / 2), Bind.unstructured(2))
                    : List.of(Bind.unstructured(2), kind.bind(size / 2));
        }
    }

    @TestFactory
    Stream<DynamicNode> every_law_holds() {
        return kinds().stream()
                .flatMap(kind -> Stream.of(
                        container("variances over " + kind, new OfVariances(kind)),
                        container("by over " + kind, new OfBy(kind)),
                        container("unstructured * " + kind, new OfProduct(kind, false)),
                        container(kind + " * unstructured", new OfProduct(kind, true))));
    }

    private static DynamicContainer container(String name, CombinatorContract contract) {
        return DynamicContainer.dynamicContainer(
                name,
                Stream.of(
                                contract.matrix_is_symmetric_and_positive_semidefinite(),
                                contract.any_list_of_positions_gives_the_sub_matrix(),
                                contract.any_list_of_positions_gives_the_part_of_each_derivative(),
                                contract.derivative_is_that_of_the_matrix(),
                                contract.second_derivative_is_that_of_the_derivative_and_symmetric(),
                                contract.factor_times_its_transpose_is_the_matrix(),
                                contract.factor_derivative_is_that_of_the_factor_where_there_is_one(),
                                contract.scaled_coordinates_scale_the_matrix_by_the_square(),
                                contract.zero_is_reached_at_a_finite_point(),
                                contract.the_held_coordinate_scales_and_the_matrix_is_singular_without_it(),
                                contract.neutral_point_is_regular(),
                                contract.there_are_as_many_natural_parameters_as_coordinates(),
                                contract.the_reference_is_a_variance(),
                                contract.variances_and_covariances_are_entries_of_the_matrix(),
                                contract.natural_parameters_determine_the_matrix(),
                                contract.start_is_feasible_and_off_the_boundary(),
                                contract.maximize_finds_the_maximum_or_leaves_the_point_alone(),
                                contract.all_coordinates_are_free_in_the_interior(),
                                contract.boundary_points_hold_more_coordinates_until_none_is_left(),
                                contract.free_coordinates_keep_the_rank(),
                                contract.free_coordinates_span_the_first_order_changes_without_redundancy(),
                                contract.boundary_curvature_is_symmetric_and_empty_in_the_interior(),
                                contract.release_leaves_the_boundary_along_the_least_curvature(),
                                contract.coloured_identity_is_a_root_of_the_matrix(),
                                contract.whitening_undoes_colouring_within_its_block(),
                                contract.q_is_the_whitened_derivative(),
                                contract.transposed_products_are_those_of_the_same_root(),
                                contract.a_singular_matrix_is_refused(),
                                contract.patterns_in_any_order_are_whitened(),
                                contract.parameters_belong_to_levels_that_exist())
                        .flatMap(s -> s)
                        .toList());
    }

    /** No kind of linear cost forces a dense factor when variances change within a pattern. */
    @TestFactory
    Stream<DynamicTest> variances_keep_the_whitening_within() {
        int[][] pairs = new int[6][];
        java.util.Arrays.setAll(pairs, i -> new int[] {i % 2, i});
        return kinds().stream()
                .map(kind -> DynamicTest.dynamicTest(kind.toString(), () -> assertThat(
                                Bind.variances(Bind.pairs(pairs), kind.bind(6)).whitening(new int[] {0, 1, 2, 4, 5}))
                        .isInstanceOf(VarianceWhitening.class)));
    }
}
