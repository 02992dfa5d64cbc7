package henderson.testkit;

import java.util.List;
import java.util.Random;

/**
 * Seeded damage to texts: characters and pieces removed, repeated, moved, replaced, and pieces of other texts put in. For
 * tests that nothing a person can type or store makes a reader throw what it should not.
 */
public final class Mutations {
    private static final String CHARACTERS =
            "()[]{}|~+-*/^:,;.=<>!&%$#@?\\\"'` \t\n\r0123456789abcxyzABCe_éß漢\uFEFF\u0000\u00A0\uD83D\uDE00\uD800";

    private final Random random;
    private final List<String> seeds;
    private final List<String> words;

    /**
     * @param seed  draws the same again
     * @param seeds texts to start from
     * @param words pieces to put in, beside single characters
     */
    public Mutations(long seed, List<String> seeds, List<String> words) {
        this.random = new Random(seed);
        this.seeds = List.copyOf(seeds);
        this.words = List.copyOf(words);
    }

    /** One of the texts, damaged one to eight times. */
    public String next() {
        return next(8);
    }

    /** One of the texts, damaged once to {@code atMost} times. */
    public String next(int atMost) {
        String text = one(seeds);
        int times = 1 + random.nextInt(atMost);
        for (int i = 0; i < times; i++) {
            text = damaged(text);
        }
        return text;
    }

    /** One of several things. */
    public <T> T one(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private String damaged(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + 1 + random.nextInt(4));
        String before = text.substring(0, from);
        String after = text.substring(to);
        return switch (random.nextInt(8)) {
            case 0 -> before + after;
            case 1 -> before + text.substring(from, to).repeat(2 + random.nextInt(3)) + after;
            case 2 -> before + character() + text.substring(from);
            case 3 -> before + character() + after;
            case 4 -> before + one(words) + text.substring(from);
            case 5 -> before + one(words) + after;
            case 6 -> before + piece(one(seeds)) + text.substring(from);
            default -> random.nextInt(4) == 0 ? before : after + before;
        };
    }

    private String character() {
        return String.valueOf(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }

    private String piece(String text) {
        int from = random.nextInt(text.length() + 1);
        return text.substring(from, Math.min(text.length(), from + random.nextInt(20)));
    }
}
