package henderson.equations.generalized;

import henderson.api.BoundFamily;
import henderson.api.Clusters;
import henderson.equations.BernoulliLogit;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/** A generalized model on a nested design at fixed parameters. */
record NestedCase(
        String name,
        Design design,
        BoundFamily family,
        double[] offset,
        double[] beta,
        DMatrixRMaj[] lambda,
        double[] phi) {
    static final List<Arrangement> ARRANGEMENTS = List.of(
            Arrangement.ONE_BALANCED,
            Arrangement.ONE_UNBALANCED,
            Arrangement.SEVERAL_COLUMNS,
            Arrangement.NESTED_TWO,
            Arrangement.NESTED_THREE,
            Arrangement.TWO_BLOCKS);

    static NestedCase of(Design design, String kind) {
        Random random = new Random(design.seed());
        int n = design.rows();
        double[] y = new double[n];
        double[] offset = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = kind.equals("logit")
                    ? random.nextInt(2)
                    : kind.equals("counts") ? random.nextInt(6) : random.nextGaussian();
            offset[i] = 0.3 * random.nextGaussian();
        }
        double[] beta = random.doubles(design.x()[0].length, -1, 1).toArray();
        DMatrixRMaj[] lambda =
                design.terms().stream().map(t -> new DMatrixRMaj(t.lambda())).toArray(DMatrixRMaj[]::new);
        BoundFamily family =
                switch (kind) {
                    case "logit" -> new BernoulliLogit(y, design.weights());
                    case "counts" -> new Skewed(y);
                    default -> new ScaledNormal(y);
                };
        double[] phi = kind.equals("logit") ? new double[0] : new double[] {0.8};
        return new NestedCase(kind + ", " + design.name(), design, family, offset, beta, lambda, phi);
    }

    static Stream<NestedCase> all(int largest, Options... options) {
        List<NestedCase> out = new ArrayList<>();
        long seed = 51_000;
        for (int size = 1; size <= largest; size++) {
            for (Arrangement arrangement : ARRANGEMENTS) {
                for (Options o : options) {
                    for (String kind : List.of("logit", "counts", "normal")) {
                        out.add(of(RandomDesigns.draw(arrangement, o, size, seed++), kind));
                    }
                }
            }
        }
        return out.stream();
    }

    Approximation approximation(Integration integration, Clusters clusters) {
        return Approximations.of(
                design.model(new Unstructured())
                        .weights(null)
                        .family(family)
                        .offset(offset)
                        .batchSize(5)
                        .build(),
                integration,
                clusters);
    }

    @Override
    public String toString() {
        return name;
    }
}
