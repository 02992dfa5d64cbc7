package henderson.glmm.family;

import henderson.api.Link;
import henderson.testkit.LinkContract;

class LogTest implements LinkContract {
    /** mpmath 1.3.0, 60 digits, rounded to double. */
    private static final double[][] KNOWN = {
        {-40.0, 4.248354255291589e-18, 1.0},
        {-20.0, 2.061153622438558e-09, 0.9999999979388464},
        {-7.25, 0.000710174388842549, 0.9992898256111574},
        {-2.25, 0.10539922456186433, 0.8946007754381357},
        {-1.5, 0.22313016014842982, 0.7768698398515702},
        {-0.3, 0.7408182206817179, 0.2591817793182821},
        {0.0, 1.0, 0.0},
        {0.75, 2.117000016612675, -1.1170000166126746},
        {0.96875, 2.6346490888156313, -1.634649088815631},
        {1.5, 4.4816890703380645, -3.481689070338065},
        {2.25, 9.487735836358526, -8.487735836358526},
        {3.0, 20.085536923187668, -19.085536923187668},
        {20.0, 485165195.4097903, -485165194.4097903},
        {40.0, 2.3538526683702e+17, -2.3538526683702e+17}
    };

    /** mpmath 1.3.0, 900 digits where a number is near one, rounded to double. */
    private static final double[][] LOGARITHMS = {
        {-800.0, -800.0, -0.0},
        {-300.0, -300.0, -5.148200222412013e-131},
        {-40.0, -40.0, -4.248354255291589e-18},
        {-9.5, -9.5, -7.48546314257204e-05},
        {-2.75, -2.75, -0.06606273411403454},
        {-0.001, -0.001, -6.908255237315471},
        {0.125, 0.125, Double.NaN},
        {0.5, 0.5, Double.NaN},
        {1.25, 1.25, Double.NaN},
        {2.75, 2.75, Double.NaN},
        {9.5, 9.5, Double.NaN},
        {40.0, 40.0, Double.NaN},
        {300.0, 300.0, Double.NaN},
        {800.0, 800.0, Double.NaN}
    };

    @Override
    public Link link() {
        return new Log();
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
