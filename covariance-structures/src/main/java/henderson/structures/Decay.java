package henderson.structures;

/** The decay {@code x = −log sin²τ}: infinite at 0, where nothing is correlated, and zero at π/2, where everything is. */
final class Decay {
    private Decay() {}

    static double at(double tau) {
        double c = Angles.cos(tau);
        // near π/2 the sine has lost what the cosine keeps
        return Math.abs(c) < 0.5 ? -Math.log1p(-c * c) : -2 * Math.log(Math.abs(Math.sin(tau)));
    }

    /** {@code dx/dτ = −2 cot τ}; only where x is finite. */
    static double slope(double tau) {
        return -2 * Angles.cos(tau) / Math.sin(tau);
    }

    /** {@code d²x/dτ² = 2/sin²τ}; only where x is finite. */
    static double second(double tau) {
        double sine = Math.sin(tau);
        return 2 / (sine * sine);
    }

    /** The τ in (0, π/2) of a decay. */
    static double inverse(double x) {
        return Math.asin(Math.exp(-x / 2));
    }
}
