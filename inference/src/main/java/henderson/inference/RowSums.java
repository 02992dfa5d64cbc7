package henderson.inference;

import henderson.api.Batch;
import henderson.api.Fit;
import henderson.api.Model;
import henderson.api.Term;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The passes behind {@link RowStatistics}: means first, then squares about them. */
final class RowSums {
    private final Fit fit;
    private final Model model;
    /** A term of each grouping factor, coarse factors first. */
    private final int[] factors;

    private final double[][] count;
    private final double[][] sum;
    /** Level of the next coarser factor that a level lies in; −1 unseen. */
    private final int[][] parent;

    private final double[] within;
    private final double[] random;
    private final MessageDigest digest = sha256();
    private boolean nested = true;
    private double rows;
    private double fixedMean;
    private double fixedSquares;
    private double responseMean;

    RowSums(Fit fit) {
        this.fit = fit;
        this.model = fit.model();
        this.factors = factors(model.random());
        this.count = new double[factors.length][];
        this.sum = new double[factors.length][];
        this.parent = new int[factors.length][];
        for (int f = 0; f < factors.length; f++) {
            int levels = model.random().get(factors[f]).levels().size();
            count[f] = new double[levels];
            sum[f] = new double[levels];
            parent[f] = new int[levels];
            Arrays.fill(parent[f], -1);
        }
        this.within = new double[factors.length];
        this.random = new double[model.random().size()];
    }

    private static int[] factors(List<Term> terms) {
        Map<String, Integer> first = new LinkedHashMap<>();
        for (int t = 0; t < terms.size(); t++) {
            first.putIfAbsent(terms.get(t).group(), t);
        }
        return first.values().stream()
                .sorted(Comparator.comparingInt(t -> terms.get(t).levels().size()))
                .mapToInt(t -> t)
                .toArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static double frequency(Batch batch, int i) {
        double[] frequencies = batch.frequencies();
        return frequencies == null ? 1 : frequencies[i];
    }

    void means(Batch batch) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * batch.rows());
        for (int i = 0; i < batch.rows(); i++) {
            double w = frequency(batch, i);
            double y = batch.y()[i];
            bytes.putDouble(y + model.responseShift());
            rows += w;
            fixedMean += w * (fixed(batch, i) - fixedMean) / rows;
            responseMean += w * (y - responseMean) / rows;
            for (int f = 0; f < factors.length; f++) {
                int level = batch.level(factors[f])[i];
                count[f][level] += w;
                sum[f][level] += w * y;
                nest(f, level, f == 0 ? 0 : batch.level(factors[f - 1])[i]);
            }
        }
        digest.update(bytes.array());
    }

    private void nest(int f, int level, int coarser) {
        if (f > 0) {
            nested &= parent[f][level] < 0 || parent[f][level] == coarser;
            parent[f][level] = coarser;
        }
    }

    /** {@code xᵀβ̂ + offset} less what is the same in every row. */
    private double fixed(Batch batch, int i) {
        double[] offset = batch.offset();
        double out = offset == null ? 0 : offset[i];
        int p = fit.beta().length;
        for (int j = 0; j < p; j++) {
            out += j == model.interceptColumn() ? 0 : batch.x().data[i * p + j] * fit.beta()[j];
        }
        return out;
    }

    void squares(Batch batch) {
        for (int i = 0; i < batch.rows(); i++) {
            double w = frequency(batch, i);
            double d = fixed(batch, i) - fixedMean;
            fixedSquares += w * d * d;
            for (int f = 0; f < factors.length; f++) {
                int level = batch.level(factors[f])[i];
                double e = batch.y()[i] - sum[f][level] / count[f][level];
                within[f] += w * e * e;
            }
            for (int t = 0; t < random.length; t++) {
                random[t] += w * form(batch.z(t), i, fit.random().get(t).covariance());
            }
        }
    }

    private static double form(DMatrixRMaj z, int i, DMatrixRMaj g) {
        int q = g.numRows;
        double out = 0;
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                out += z.data[i * q + a] * g.data[a * q + b] * z.data[i * q + b];
            }
        }
        return out;
    }

    RowStatistics statistics() {
        List<Double> shares = new ArrayList<>();
        for (double r : random) {
            shares.add(r / rows);
        }
        List<OneWayAnalysis> analyses = new ArrayList<>();
        for (int f = 0; f < factors.length; f++) {
            analyses.add(analysis(f));
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        return new RowStatistics(Math.round(rows), nesting(), fixedSquares / rows, shares, analyses, hash);
    }

    private @Nullable List<String> nesting() {
        return nested
                ? Arrays.stream(factors)
                        .mapToObj(t -> model.random().get(t).group())
                        .toList()
                : null;
    }

    private OneWayAnalysis analysis(int f) {
        int levels = count[f].length;
        double squares = 0;
        double sizes = 0;
        for (int l = 0; l < levels; l++) {
            double d = sum[f][l] / count[f][l] - responseMean;
            squares += count[f][l] * d * d;
            sizes += count[f][l] * count[f][l];
        }
        return new OneWayAnalysis(
                model.random().get(factors[f]).group(),
                levels,
                rows,
                squares / (levels - 1),
                within[f] / (rows - levels),
                (rows - sizes / rows) / (levels - 1));
    }
}
