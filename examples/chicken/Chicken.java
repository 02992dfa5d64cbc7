import java.util.Locale;
import java.util.Random;

/**
 * Writes rows of the design of a published example: complaints about 2,763 workers of 500 restaurants, 3 to 8 of each. The
 * published data could not be had; these are drawn from a random-intercept logistic model at the published estimates, so that
 * a fit finds about those again. Run as {@code java Chicken.java > chicken.csv}; it writes the same bytes every time.
 */
final class Chicken {
    private static final int RESTAURANTS = 500;
    private static final int WORKERS = 2_763;
    private static final long SEED = 2_763;

    private Chicken() {}

    public static void main(String[] arguments) {
        Random random = new Random(SEED);
        int[] size = sizes();
        StringBuilder out =
                new StringBuilder("restaurant,complain,grade,race,gender,tenure,age,income,nworkers,genderm\n");
        for (int r = 0; r < RESTAURANTS; r++) {
            double effect = Math.sqrt(0.5755) * random.nextGaussian();
            int manager = random.nextInt(2);
            for (int i = 0; i < size[r]; i++) {
                int grade = 9 + (int) Math.round(1.1 * random.nextGaussian());
                int race = 1 + random.nextInt(3);
                int gender = random.nextInt(2);
                double tenure = random.nextInt(100) / 100.0;
                double age = Math.rint(10 * (33 + 2.1 * random.nextGaussian())) / 10;
                int income = (int) Math.round(150 + 28 * random.nextGaussian());
                double eta = 0.3911 + 0.0616 * grade + (race == 2 ? 0.5512 : race == 3 ? 1.1808 : 0) + 0.5867 * gender
                        - 0.0700 * tenure - 0.0749 * age - 0.0035 * income - 0.0303 * size[r] + 0.0796 * manager + effect;
                int complain = random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
                out.append(String.format(
                        Locale.ROOT,
                        "%d,%d,%d,%d,%d,%.2f,%.1f,%d,%d,%d%n".replace("%n", "\n"),
                        r + 1,
                        complain,
                        grade,
                        race,
                        gender,
                        tenure,
                        age,
                        income,
                        size[r],
                        manager));
            }
        }
        System.out.print(out);
    }

    /** 3 to 8 in turn, then one more here and there until they are as many as there were. */
    private static int[] sizes() {
        int[] out = new int[RESTAURANTS];
        int sum = 0;
        for (int r = 0; r < RESTAURANTS; r++) {
            out[r] = 3 + r % 6;
            sum += out[r];
        }
        for (int r = 0; sum < WORKERS; r += 7) {
            if (out[r] < 8) {
                out[r]++;
                sum++;
            }
        }
        return out;
    }
}
