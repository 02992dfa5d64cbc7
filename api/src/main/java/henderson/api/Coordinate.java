package henderson.api;

import java.util.function.DoubleUnaryOperator;

/**
 * One search coordinate of a structure. Every coordinate ranges over the whole real line, and a boundary value of the
 * parameter (a zero variance, a correlation of one) is reached at a finite point.
 *
 * @param name    for messages and logs
 * @param scales  whether the coordinate is homogeneous: all of these multiplied by c multiply the matrix by c²
 * @param neutral where a search may start when nothing is known; never a boundary value
 * @param snaps   finite points at which the parameter is on its boundary; empty when there are none
 * @param natural the parameter that {@code value} computes
 * @param value   from the coordinate to the natural parameter
 */
public record Coordinate(
        String name, boolean scales, double neutral, double[] snaps, Natural natural, DoubleUnaryOperator value) {

    /** A variance {@code θ²}: zero at {@code θ = 0}. */
    public static Coordinate variance(String name, int i) {
        return new Coordinate(name, true, 1, new double[] {0}, Natural.variance(i), t -> t * t);
    }

    /** A correlation {@code sin τ}: ±1 at {@code τ = ±π/2}. */
    public static Coordinate correlation(String name) {
        return new Coordinate(
                name, false, 0, new double[] {-Math.PI / 2, Math.PI / 2}, Natural.correlation(name, -1, -1), Math::sin);
    }

    /** A number {@code sin²τ} between zero and one. */
    public static Coordinate unit(String name) {
        Natural natural = new Natural(name, -1, -1, java.util.List.of(), Scale.LOGIT);
        return new Coordinate(name, false, Math.PI / 4, new double[] {0, Math.PI / 2}, natural, t -> {
            double s = Math.sin(t);
            return s * s;
        });
    }

    /** Any real number. */
    public static Coordinate plain(String name, double start) {
        Natural natural = new Natural(name, -1, -1, java.util.List.of(), Scale.PLAIN);
        return new Coordinate(name, false, start, new double[0], natural, t -> t);
    }

    @Override
    public String toString() {
        return name;
    }
}
