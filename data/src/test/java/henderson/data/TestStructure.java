package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.PositionKind;
import henderson.api.Positions;
import henderson.api.Registry;
import henderson.api.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;

/** A diagonal structure under any name, which remembers what it was bound to. */
record TestStructure(
        String name,
        List<String> otherNames,
        List<ArgumentSpec> arguments,
        PositionKind positions,
        boolean coincident,
        boolean correlated)
        implements CovarianceStructure {
    private static final ArgumentSpec ORDER = new ArgumentSpec("order", ArgumentSpec.Type.INTEGER, List.of(), 1);

    static Registry registry() {
        return Registry.of(
                List.of(
                        kind("unstructured", PositionKind.NONE, "us"),
                        kind("independent", PositionKind.NONE, "diag"),
                        new TestStructure("exchangeable", List.of("cs"), List.of(), PositionKind.NONE, false, true),
                        kind("identity", PositionKind.NONE, "id"),
                        new TestStructure("ordered", List.of(), List.of(ORDER), PositionKind.NONE, false, false),
                        kind("labelled", PositionKind.LABEL),
                        new TestStructure("whole", List.of(), List.of(ORDER), PositionKind.INTEGER, false, true),
                        kind("real", PositionKind.REAL),
                        kind("places", PositionKind.COORDINATES),
                        new TestStructure("coincident", List.of(), List.of(), PositionKind.COORDINATES, true, false)),
                List.of(
                        new Over("by", List.of()),
                        new Over(
                                "variances",
                                List.of(new ArgumentSpec(
                                        "function",
                                        ArgumentSpec.Type.CHOICE,
                                        List.of("level", "power", "exp"),
                                        "level"))),
                        new Over("*", List.of()),
                        new Over(
                                "known",
                                List.of(
                                        new ArgumentSpec("matrix", ArgumentSpec.Type.MATRIX, List.of(), null),
                                        new ArgumentSpec("inverse", ArgumentSpec.Type.FLAG, List.of(), false)))),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static TestStructure kind(String name, PositionKind positions, String... others) {
        return new TestStructure(name, List.of(others), List.of(), positions, false, false);
    }

    @Override
    public List<String> aliases(Side side) {
        return otherNames;
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        List<Coordinate> coordinates = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            coordinates.add(Coordinate.variance(positions.label(i), i));
        }
        return new Diagonal(coordinates, arguments, positions, correlated);
    }

    /** What {@link #bind} made, with what it was given. */
    record Diagonal(List<Coordinate> coordinates, Arguments arguments, Positions positions, boolean correlated)
            implements BoundStructure {
        @Override
        public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
            out.zero();
            for (int i = 0; i < at.length; i++) {
                for (int j = 0; correlated && j < i; j++) {
                    out.set(i, j, 0.5 * tau[at[i]] * tau[at[j]]);
                    out.set(j, i, 0.5 * tau[at[i]] * tau[at[j]]);
                }
                out.set(i, i, tau[at[i]] * tau[at[i]]);
            }
            return out;
        }
    }

    /** Fails where two structures were not bound to the same positions. */
    static void samePositions(BoundStructure a, BoundStructure b) {
        assertThat(a).hasSameClassAs(b);
        Positions p = positions(a);
        Positions q = positions(b);
        assertThat(shown(p)).isEqualTo(shown(q));
        if (a instanceof Combined c && b instanceof Combined d) {
            assertThat(c.arguments().asMap()).isEqualTo(d.arguments().asMap());
            assertThat(c.inner()).hasSameSizeAs(d.inner());
            for (int i = 0; i < c.inner().size(); i++) {
                samePositions(c.inner().get(i), d.inner().get(i));
            }
        }
    }

    static Positions positions(BoundStructure structure) {
        return structure instanceof Diagonal d ? d.positions() : ((Combined) structure).positions();
    }

    private static List<String> shown(Positions p) {
        List<String> out = new ArrayList<>(p.levels());
        for (int i = 0; i < p.size(); i++) {
            out.add(p.label(i));
            List<IntFunction<Object>> all =
                    List.of(p::integer, p::real, k -> p.coordinate(k, 0), k -> p.coordinate(k, 1), p::first, p::second);
            for (IntFunction<Object> each : all) {
                try {
                    out.add(each.apply(i).toString());
                } catch (RuntimeException e) {
                    out.add("none");
                }
            }
        }
        return out;
    }

    /** A combinator of any name. */
    record Over(String name, List<ArgumentSpec> arguments) implements Combinator {
        @Override
        public BoundStructure bind(Arguments arguments, Positions pairs, List<BoundStructure> inner) {
            return new Combined(arguments, pairs, inner);
        }
    }

    /** What a combinator made, with what it was given. */
    record Combined(Arguments arguments, Positions positions, List<BoundStructure> inner) implements BoundStructure {
        @Override
        public List<Coordinate> coordinates() {
            return inner.get(0).coordinates();
        }

        @Override
        public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
            out.zero();
            for (int i = 0; i < at.length; i++) {
                out.set(i, i, tau[0] * tau[0]);
            }
            return out;
        }
    }
}
