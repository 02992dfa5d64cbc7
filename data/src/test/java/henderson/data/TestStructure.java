package henderson.data;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.api.Registry;
import henderson.api.Side;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** A diagonal structure under any name, which remembers what it was bound to. */
record TestStructure(String name, List<String> otherNames, List<ArgumentSpec> arguments)
        implements CovarianceStructure {

    static Registry registry() {
        return Registry.ofStructures(
                new TestStructure("unstructured", List.of("us"), List.of()),
                new TestStructure("independent", List.of("diag"), List.of()),
                new TestStructure("exchangeable", List.of("cs"), List.of()),
                new TestStructure("identity", List.of("id"), List.of()),
                new TestStructure(
                        "ordered",
                        List.of(),
                        List.of(new ArgumentSpec("order", ArgumentSpec.Type.INTEGER, List.of(), 1))));
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
        return new Diagonal(coordinates, arguments, positions);
    }

    /** What {@link #bind} made, with what it was given. */
    record Diagonal(List<Coordinate> coordinates, Arguments arguments, Positions positions) implements BoundStructure {
        @Override
        public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
            out.zero();
            for (int i = 0; i < at.length; i++) {
                out.set(i, i, tau[at[i]] * tau[at[i]]);
            }
            return out;
        }
    }
}
