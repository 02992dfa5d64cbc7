package henderson.report;

import henderson.api.BoundFamily;
import henderson.api.HendersonException;
import java.util.List;
import java.util.random.RandomGenerator;

/** The family of a saved fit, whose response stays in the data: it computes nothing before rows are read. */
record SavedFamily(List<String> outcomes) implements BoundFamily {
    private static HendersonException withoutRows() {
        return new HendersonException("The family of a saved fit is known only beside rows of data.");
    }

    @Override
    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
        throw withoutRows();
    }

    @Override
    public double startEta(int i) {
        throw withoutRows();
    }

    @Override
    public double mean(int i, double eta, double[] phi) {
        throw withoutRows();
    }

    @Override
    public double variance(int i, double eta, double[] phi) {
        throw withoutRows();
    }

    @Override
    public double draw(int i, double eta, double[] phi, RandomGenerator random) {
        throw withoutRows();
    }
}
