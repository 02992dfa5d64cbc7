package henderson.cli.stata;

import henderson.inference.BinaryOutcomes;
import henderson.inference.Calibration;
import henderson.inference.Classification;
import henderson.inference.Prediction.Effects;
import henderson.inference.RocArea;
import henderson.report.BinaryText;

/** {@code estat classification}, {@code estat gof} and {@code lroc}. */
final class Binary {
    private final Workspace work;
    private final Fitted fitted;

    Binary(Workspace work) {
        this.work = work;
        this.fitted = work.current();
    }

    private String response() {
        return fitted.fit().model().responseName();
    }

    private BinaryOutcomes outcomes(Effects kind) {
        return BinaryOutcomes.of(fitted.fit(), fitted.fit().model(), kind);
    }

    void classification(Words words) {
        words.allow("cutoff", "conditional", "marginal");
        Effects kind = Conditional.of(words, fitted);
        Classification c = Classification.of(outcomes(kind), words.decimal("cutoff", 3, 0.5));
        work.out().println();
        work.out().print(BinaryText.classification(c, response(), Conditional.text(kind)));
    }

    void calibration(Words words) {
        words.allow("group", "table", "conditional", "marginal");
        Effects kind = Conditional.of(words, fitted);
        Calibration c = Calibration.of(outcomes(kind), (int) words.number("group", 10));
        work.out().println();
        work.out().print(BinaryText.calibration(c, response(), Conditional.text(kind)));
    }

    void area(Words words) {
        words.allow("nograph", "level", "conditional", "marginal");
        Effects kind = Conditional.of(words, fitted);
        double level = words.number("level", fitted.summary().level());
        work.out().println();
        work.out().print(BinaryText.roc(RocArea.of(outcomes(kind), level), response(), Conditional.text(kind), level));
    }
}
