package henderson.glmm.family;

import henderson.api.Link;
import henderson.testkit.LinkContract;

class SquareRootTest implements LinkContract {
    /** mpmath 1.3.0, 60 digits, rounded to double. */
    private static final double[][] KNOWN = {
        {0.75, 0.5625, 0.4375},
        {0.96875, 0.9384765625, 0.0615234375},
        {1.5, 2.25, -1.25},
        {2.25, 5.0625, -4.0625},
        {3.0, 9.0, -8.0},
        {20.0, 400.0, -399.0},
        {40.0, 1600.0, -1599.0}
    };

    /** mpmath 1.3.0, 900 digits where a number is near one, rounded to double. */
    private static final double[][] LOGARITHMS = {
        {0.125, -4.1588830833596715, -0.015748356968139168},
        {0.5, -1.3862943611198906, -0.2876820724517809},
        {1.25, 0.44628710262841953, Double.NaN},
        {2.75, 2.0232018233569597, Double.NaN},
        {9.5, 4.502583597212991, Double.NaN},
        {40.0, 7.3777589082278725, Double.NaN},
        {300.0, 11.407564949312402, Double.NaN},
        {800.0, 13.369223455335854, Double.NaN}
    };

    @Override
    public Link link() {
        return new SquareRoot();
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
