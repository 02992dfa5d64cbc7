package henderson.structures;

import java.util.Arrays;

/**
 * Correlations by lag at whole-number times, as functions of search coordinates: those of all lags by partial
 * autocorrelations, or each lag's own {@code r_h = sin τ_h} and zero at the other lags, theory (67). Slot 0 is lag 0.
 */
final class Lags {
    /** Lag of each slot, ascending from 0. */
    private final int[] lag;
    /** Slot of each lag; −1 where the correlation is zero. */
    private final int[] slot;

    private final boolean partial;

    private Lags(int[] lag, int span, boolean partial) {
        this.lag = lag;
        this.slot = new int[span + 1];
        this.partial = partial;
        Arrays.fill(slot, -1);
        for (int s = 0; s < lag.length; s++) {
            slot[lag[s]] = s;
        }
    }

    /**
     * The lags among times up to an order. All lags of consecutive times are parametrized by partial autocorrelations. With an
     * occasion missing everywhere that would ask for more than a positive definite matrix: for one that can be completed.
     */
    static Lags of(Times times, int order) {
        int span = (int) times.span();
        boolean[] present = new boolean[span + 1];
        for (int i = 0; i < times.size(); i++) {
            for (int j = 0; j <= i; j++) {
                present[(int) times.distance(i, j)] = true;
            }
        }
        int[] lag = new int[span + 1];
        int count = 0;
        for (int h = 0; h <= Math.min(span, order); h++) {
            if (present[h]) {
                lag[count++] = h;
            }
        }
        return new Lags(Arrays.copyOf(lag, count), span, count == span + 1 && times.size() == span + 1);
    }

    /** Lags beside 0. */
    int size() {
        return lag.length - 1;
    }

    int lag(int slot) {
        return lag[slot];
    }

    int slot(double distance) {
        return slot[(int) distance];
    }

    /** Whether the coordinates are partial autocorrelations, all of them admissible. */
    boolean isPartial() {
        return partial;
    }

    /** Correlations and slopes, to be set for parameters. */
    Table table() {
        return new Table();
    }

    /** Correlations by slot, and their derivatives. */
    final class Table {
        /** r, slots. */
        final double[] r;
        /** ∂r/∂τ_k, size × slots; null where each slot has its own coordinate. */
        private final PartialAutocorrelations partials = new PartialAutocorrelations(partial ? size() : 0, 1);
        /** sin τ and cos τ, size. */
        private final double[] sine = new double[size()];

        private final double[] cosine = new double[size()];

        private Table() {
            this.r = partial ? partials.r : new double[lag.length];
        }

        /** From {@code tau[1], tau[2], …}. */
        void update(double[] tau) {
            partials.update(tau, 1);
            r[0] = 1;
            for (int k = 0; k < size(); k++) {
                sine[k] = Math.sin(tau[k + 1]);
                cosine[k] = partial ? Angles.cos(tau[k + 1]) : Math.cos(tau[k + 1]);
                r[k + 1] = partial ? r[k + 1] : sine[k];
            }
        }

        /** Partial autocorrelation of lag k + 1, only where the coordinates are partial ones. */
        double partial(int k) {
            return sine[k];
        }

        /** {@code 1 −} its square. */
        double unexplained(int k) {
            return cosine[k] * cosine[k];
        }

        /** The correlation at a slot, zero at −1. */
        double at(int slot) {
            return slot < 0 ? 0 : r[slot];
        }

        /** ∂r at a slot by correlation coordinate k. */
        double slope(int k, int slot) {
            if (partial) {
                return slot < 0 ? 0 : partials.rSlope[k][slot];
            }
            return slot == k + 1 ? cosine[k] : 0;
        }
    }
}
