package henderson.glmm.family;

import henderson.api.Link;
import henderson.testkit.LinkContract;

class IdentityTest implements LinkContract {
    /** mpmath 1.3.0, 60 digits, rounded to double. */
    private static final double[][] KNOWN = {
        {-40.0, -40.0, 41.0},
        {-20.0, -20.0, 21.0},
        {-7.25, -7.25, 8.25},
        {-2.25, -2.25, 3.25},
        {-1.5, -1.5, 2.5},
        {-0.3, -0.3, 1.3},
        {0.0, 0.0, 1.0},
        {0.75, 0.75, 0.25},
        {0.96875, 0.96875, 0.03125},
        {1.5, 1.5, -0.5},
        {2.25, 2.25, -1.25},
        {3.0, 3.0, -2.0},
        {20.0, 20.0, -19.0},
        {40.0, 40.0, -39.0}
    };

    /** mpmath 1.3.0, 900 digits where a number is near one, rounded to double. */
    private static final double[][] LOGARITHMS = {
        {-800.0, Double.NaN, 6.68586094706836},
        {-300.0, Double.NaN, 5.707110264748875},
        {-40.0, Double.NaN, 3.713572066704308},
        {-9.5, Double.NaN, 2.3513752571634776},
        {-2.75, Double.NaN, 1.3217558399823195},
        {-0.001, Double.NaN, 0.0009995003330835331},
        {0.125, -2.0794415416798357, -0.13353139262452263},
        {0.5, -0.6931471805599453, -0.6931471805599453},
        {1.25, 0.22314355131420976, Double.NaN},
        {2.75, 1.0116009116784799, Double.NaN},
        {9.5, 2.2512917986064953, Double.NaN},
        {40.0, 3.6888794541139363, Double.NaN},
        {300.0, 5.703782474656201, Double.NaN},
        {800.0, 6.684611727667927, Double.NaN}
    };

    @Override
    public Link link() {
        return new Identity();
    }

    @Override
    public double[][] known() {
        return KNOWN;
    }

    @Override
    public double cancellation() {
        return 0;
    }

    @Override
    public double[][] knownLogarithms() {
        return LOGARITHMS;
    }
}
