package henderson.structures;

/** Sines and cosines of search coordinates, exact where a parameter is on its boundary. */
final class Angles {
    private Angles() {}

    /** {@code cos t}, and exactly zero at ±π/2, where {@code sin t} is exactly ±1. */
    static double cos(double t) {
        return Math.abs(t) == Math.PI / 2 ? 0 : Math.cos(t);
    }
}
