package org.example.grid;

import henderson.api.Batch;
import henderson.api.Model;

/**
 * What one random effect per level needs to know of the rows: with {@code m = [x y]} of a row, weight w and random-effects
 * entry z, the sums {@code Σwmmᵀ} of all rows, {@code Σwzm} and {@code Σwz²} of each level.
 */
final class Sums {
    /** Rows, frequencies counted. */
    final double n;

    final int p;
    /** {@code Σ log w}. */
    final double logWeights;
    /** {@code Σwmmᵀ}, (p + 1) × (p + 1). */
    final double[][] all;
    /** {@code Σwzm} by level, levels × (p + 1). */
    final double[][] level;
    /** {@code Σwz²} by level. */
    final double[] size;

    Sums(Model model) {
        p = model.fixedNames().size();
        int levels = model.random().get(0).levels().size();
        all = new double[p + 1][p + 1];
        level = new double[levels][p + 1];
        size = new double[levels];
        double logs = 0;
        double rows = 0;
        double[] m = new double[p + 1];
        for (Batch batch : model.batches()) {
            double[] weights = batch.weights();
            double[] offset = batch.offset();
            double[] frequencies = batch.frequencies();
            for (int i = 0; i < batch.rows(); i++) {
                for (int j = 0; j < p; j++) {
                    m[j] = batch.x().get(i, j);
                }
                m[p] = batch.y()[i] - (offset == null ? 0 : offset[i]);
                double w = weights == null ? 1 : weights[i];
                double times = frequencies == null ? 1 : frequencies[i];
                rows += times;
                logs += times * Math.log(w);
                add(m, times * w, batch.z(0).get(i, 0), batch.level(0)[i]);
            }
        }
        logWeights = logs;
        n = rows;
    }

    private void add(double[] m, double w, double z, int g) {
        for (int i = 0; i <= p; i++) {
            for (int j = 0; j <= p; j++) {
                all[i][j] += w * m[i] * m[j];
            }
            level[g][i] += w * z * m[i];
        }
        size[g] += w * z * z;
    }

    /** A λ that makes a level's effects about as informative as its rows. */
    double unit() {
        double sum = 0;
        for (double s : size) {
            sum += s;
        }
        return size.length / sum;
    }
}
