package henderson.equations;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws the response of every residual group: {@code y = X̃β + Z̃b + σCε}, C the factor of the structure. */
final class ResidualDraw implements ResponseDraw.Road {
    private final LinearEquations equations;
    private final ResidualRows rows;
    private final double[] rho;
    private final double[] noise;

    /** At the parameters the rows are whitened with. */
    ResidualDraw(LinearEquations equations, ResidualRows rows) {
        this.equations = equations;
        this.rows = rows;
        this.rho = equations.whitenedAt().clone();
        this.noise = new double[rows.longest()];
    }

    @Override
    public void draw(double[] effects, double[] beta, double sigma, RandomGenerator random) {
        for (ResidualRows.Pattern pattern : rows.patterns()) {
            if (!pattern.whitening.update(rho)) {
                throw new IllegalStateException("The residual structure cannot be drawn from.");
            }
        }
        for (ResidualRows.Group group : rows.groups()) {
            draw(group, effects, beta, sigma, random);
        }
        equations.forgetWhitening();
    }

    private void draw(ResidualRows.Group group, double[] effects, double[] beta, double sigma, RandomGenerator random) {
        int width = group.random + beta.length + 1;
        Arrays.fill(noise, 0);
        for (int i = 0; i < group.rows; i++) {
            noise[i] = sigma * random.nextGaussian();
        }
        group.whitening().colour(noise, 0, 1);
        for (int i = 0; i < group.rows; i++) {
            int at = i * width;
            double y = noise[i];
            for (int node : group.nodes) {
                int size = equations.condensed.graph.size(node);
                int row = equations.condensed.row[node];
                for (int a = 0; a < size; a++) {
                    y += group.raw[at++] * effects[row + a];
                }
            }
            for (double b : beta) {
                y += group.raw[at++] * b;
            }
            group.raw[at] = y;
        }
    }
}
