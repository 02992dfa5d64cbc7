package henderson.structures;

/** A correlation that falls with distance, as a function of {@code u} distances and a decay {@code x} per distance. */
enum Kernel {
    /** Matérn's of ν = ½: {@code e^{−z}}, {@code z = ux}. */
    EXPONENTIAL {
        @Override
        double at(double u, double x) {
            return Math.exp(-u * x);
        }

        @Override
        double slope(double u, double x) {
            return -u * Math.exp(-u * x);
        }

        @Override
        double second(double u, double x) {
            return u * u * Math.exp(-u * x);
        }
    },
    /** Matérn's of ν = 3/2: {@code (1 + z)e^{−z}}. */
    MATERN_3_2 {
        @Override
        double at(double u, double x) {
            double z = u * x;
            return (1 + z) * Math.exp(-z);
        }

        @Override
        double slope(double u, double x) {
            double z = u * x;
            return -u * z * Math.exp(-z);
        }

        @Override
        double second(double u, double x) {
            double z = u * x;
            return u * u * (z - 1) * Math.exp(-z);
        }
    },
    /** Matérn's of ν = 5/2: {@code (1 + z + z²/3)e^{−z}}. */
    MATERN_5_2 {
        @Override
        double at(double u, double x) {
            double z = u * x;
            return (1 + z + z * z / 3) * Math.exp(-z);
        }

        @Override
        double slope(double u, double x) {
            double z = u * x;
            return -u * z * (1 + z) / 3 * Math.exp(-z);
        }

        @Override
        double second(double u, double x) {
            double z = u * x;
            return u * u * (z * z - z - 1) / 3 * Math.exp(-z);
        }
    },
    /** {@code e^{−u²x}}. */
    GAUSSIAN {
        @Override
        double at(double u, double x) {
            return Math.exp(-u * u * x);
        }

        @Override
        double slope(double u, double x) {
            return -u * u * Math.exp(-u * u * x);
        }

        @Override
        double second(double u, double x) {
            return u * u * u * u * Math.exp(-u * u * x);
        }
    };

    /** The correlation, {@code u > 0}, x finite. */
    abstract double at(double u, double x);

    /** Its derivative by x. */
    abstract double slope(double u, double x);

    /** Its second derivative by x. */
    abstract double second(double u, double x);

    /** The range in distances at decay x: correlation is a function of distance over range alone. */
    double range(double x) {
        return this == GAUSSIAN ? 1 / Math.sqrt(x) : 1 / x;
    }

    /** States of the process on a line: ν + ½; 0 where it is no Markov process. */
    int states() {
        return this == GAUSSIAN ? 0 : ordinal() + 1;
    }
}
