package henderson.cli.stata;

import henderson.api.Fit;
import henderson.data.Table;
import henderson.data.stata.StataCommand;
import henderson.inference.Summary;

/** A fit at hand: what was asked, of which data, and what came out. */
record Fitted(StataCommand command, Table table, Summary summary) {
    Fit fit() {
        return summary.fit();
    }
}
