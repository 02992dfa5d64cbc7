package henderson.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * Seeded crossed ratings, like those of films: few users rate much, few items are rated by most. Every item is rated, no user
 * rates an item twice, a user rates at least {@value #LEAST} items and at most half of them.
 */
final class Ratings {
    private static final int LEAST = 20;

    private final Random random = new Random(14);
    private final double[] popularity;

    private Ratings(int items) {
        popularity = popularity(items);
    }

    /** {@code y ~ 1 + (1 | user) + (1 | item)}: whole stars from 1 to 5. */
    static DataFile.Writer crossed(int rows, int users, int items) {
        return (file, scale) -> {
            // the same share of all pairs
            double side = Math.sqrt(scale);
            int n = (int) Math.rint(rows * scale);
            int u = Groups.scaled(users, side);
            int i = (int) Math.max(2 * LEAST + 2, Math.rint(items * side));
            Ratings ratings = new Ratings(i);
            int[] counts = ratings.counts(n, u);
            try (CsvWriter out = new CsvWriter(file, "y,user,item")) {
                ratings.write(out, counts);
            }
        };
    }

    private void write(CsvWriter out, int[] counts) throws IOException {
        int items = popularity.length;
        double[] quality = new double[items];
        for (int i = 0; i < items; i++) {
            quality[i] = 0.55 * random.nextGaussian();
        }
        for (int user = 0; user < counts.length; user++) {
            double kindness = 0.45 * random.nextGaussian();
            BitSet rated = chosen(user, counts.length, counts[user]);
            for (int item = rated.nextSetBit(0); item >= 0; item = rated.nextSetBit(item + 1)) {
                double stars = Math.rint(3.4 + kindness + quality[item] + 0.9 * random.nextGaussian());
                out.integer((long) Math.min(5, Math.max(1, stars)));
                out.integer(user + 1L).integer(item + 1L).end();
            }
        }
    }

    /** Items of one user: first those that only the round of users guarantees a rating, then by popularity. */
    private BitSet chosen(int user, int users, int count) {
        BitSet rated = new BitSet(popularity.length);
        for (int item = user; item < popularity.length; item += users) {
            rated.set(item);
        }
        int have = rated.cardinality();
        while (have < count) {
            int found = Arrays.binarySearch(popularity, random.nextDouble());
            int item = Math.min(found < 0 ? -found - 1 : found, popularity.length - 1);
            if (!rated.get(item)) {
                rated.set(item);
                have++;
            }
        }
        return rated;
    }

    /** Cumulated shares of items: the k-th most popular has weight (k + 30)^−0.9, in shuffled order. */
    private double[] popularity(int items) {
        double[] shares = new double[items];
        for (int k = 0; k < items; k++) {
            shares[k] = StrictMath.pow(k + 30, -0.9);
        }
        for (int k = items - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            double swapped = shares[k];
            shares[k] = shares[other];
            shares[other] = swapped;
        }
        double total = 0;
        for (double share : shares) {
            total += share;
        }
        double sum = 0;
        for (int k = 0; k < items; k++) {
            sum += shares[k] / total;
            shares[k] = sum;
        }
        return shares;
    }

    /** Ratings of each user: log-normal above the least number, {@code rows} in all. */
    private int[] counts(int rows, int users) {
        int most = popularity.length / 2;
        double[] weights = new double[users];
        double total = 0;
        for (int u = 0; u < users; u++) {
            weights[u] = StrictMath.exp(1.2 * random.nextGaussian());
            total += weights[u];
        }
        int[] counts = new int[users];
        int rest = rows;
        for (int u = 0; u < users; u++) {
            double share = (rows - (double) users * LEAST) * weights[u] / total;
            counts[u] = (int) Math.min(most, LEAST + Math.max(0, share));
            rest -= counts[u];
        }
        if (rest > 0 && (long) users * most < rows) {
            throw new IllegalArgumentException(
                    rows + " ratings of " + users + " users and at most " + most + " items each");
        }
        for (int u = 0; rest > 0; u = (u + 1) % users) {
            if (counts[u] < most) {
                counts[u]++;
                rest--;
            }
        }
        return counts;
    }
}
