package henderson.testkit;

import henderson.api.CovarianceStructure;
import henderson.api.Criterion;
import henderson.api.FitOptions;

/**
 * A model to be fitted.
 *
 * @param design    its rows and terms
 * @param kind      structure of all its terms
 * @param options   how
 */
record EstimatorCase(Design design, CovarianceStructure kind, FitOptions options) {
    Criterion criterion() {
        return options.criterion();
    }

    InMemoryModel.Builder builder() {
        return design.model(kind);
    }

    InMemoryModel model() {
        return builder().build();
    }

    EstimatorCase with(Design other) {
        return new EstimatorCase(other, kind, options);
    }

    EstimatorCase with(FitOptions other) {
        return new EstimatorCase(design, kind, other);
    }

    @Override
    public String toString() {
        return design.name() + ", " + kind.name() + ", " + criterion();
    }
}
