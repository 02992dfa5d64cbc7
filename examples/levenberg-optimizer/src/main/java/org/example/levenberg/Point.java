package org.example.levenberg;

import henderson.api.Objective;
import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;
import org.ejml.data.DMatrixRMaj;

/** An accepted point with all that is known there. */
final class Point {
    /** Damping that only rounding notices, relative to the largest diagonal entry. */
    private static final double LEAST = 1e-12;

    final double[] x;
    final double value;
    /** Gradient, n. */
    private final double[] g;
    /** Step matrix, n × n; zero where the objective offers none, which makes the step one of steepest descent. */
    private final DMatrixRMaj h;

    private Point(double[] x, double value, double[] g, DMatrixRMaj h) {
        this.x = x;
        this.value = value;
        this.g = g;
        this.h = h;
    }

    static Point of(Objective objective, double[] x) {
        return at(objective, x.clone(), objective.value(x));
    }

    /** The point whose value was just taken. */
    static Point at(Objective objective, double[] x, double value) {
        double[] g = new double[x.length];
        objective.gradient(g);
        DMatrixRMaj h = new DMatrixRMaj(x.length, x.length);
        if (!objective.information(h)) {
            h.zero();
        }
        return new Point(x, value, g, h);
    }

    double smallestDamping() {
        return 1e-4 * scale();
    }

    private double scale() {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.abs(h.get(i, i)));
        }
        return largest > 0 ? largest : 1;
    }

    /**
     * {@code p ← −(H + μI)⁻¹g}, with the smallest μ ≥ {@code damping} that makes the matrix positive definite. Modified.
     *
     * @return {@code ½gᵀ(H + μI)⁻¹g}
     */
    double step(double damping, double[] p) {
        double mu = Math.max(damping, LEAST * scale());
        while (!solve(mu, p)) {
            mu *= 10;
        }
        double product = 0;
        for (int i = 0; i < p.length; i++) {
            product -= g[i] * p[i];
        }
        return product / 2;
    }

    /** Cholesky; false where the damped matrix is not positive definite. */
    private boolean solve(double mu, double[] p) {
        int n = x.length;
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            double sum = -g[i];
            for (int j = 0; j <= i; j++) {
                double entry = h.get(i, j) + (i == j ? mu : 0);
                for (int k = 0; k < j; k++) {
                    entry -= l[i][k] * l[j][k];
                }
                if (i == j && entry <= 1e-14 * mu) {
                    return false;
                }
                l[i][j] = i == j ? Math.sqrt(entry) : entry / l[j][j];
                sum -= i == j ? 0 : l[i][j] * p[j];
            }
            p[i] = sum / l[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                p[i] -= l[k][i] * p[k];
            }
            p[i] /= l[i][i];
        }
        return true;
    }

    /** {@code x + p}, or x itself where p is too small to change it. */
    double[] plus(double[] p) {
        double[] out = x.clone();
        boolean moved = false;
        for (int i = 0; i < out.length; i++) {
            out[i] += p[i];
            moved |= out[i] != x[i];
        }
        return moved ? out : x;
    }

    Optimum end(int iterations, int evaluations, Reason reason) {
        return new Optimum(x.clone(), value, iterations, evaluations, reason);
    }
}
