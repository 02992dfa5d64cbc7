package henderson.glmm.family;

import henderson.api.Link;
import henderson.testkit.LinkContract;

class InverseTest implements LinkContract {
    /** mpmath 1.3.0, 60 digits, rounded to double. */
    private static final double[][] KNOWN = {
        {0.75, 1.3333333333333333, -0.3333333333333333},
        {0.96875, 1.032258064516129, -0.03225806451612903},
        {1.5, 0.6666666666666666, 0.3333333333333333},
        {2.25, 0.4444444444444444, 0.5555555555555556},
        {3.0, 0.3333333333333333, 0.6666666666666666},
        {20.0, 0.05, 0.95},
        {40.0, 0.025, 0.975}
    };

    /** mpmath 1.3.0, 900 digits where a number is near one, rounded to double. */
    private static final double[][] LOGARITHMS = {
        {0.125, 2.0794415416798357, Double.NaN},
        {0.5, 0.6931471805599453, Double.NaN},
        {1.25, -0.22314355131420976, -1.6094379124341003},
        {2.75, -1.0116009116784799, -0.4519851237430572},
        {9.5, -2.2512917986064953, -0.11122563511022437},
        {40.0, -3.6888794541139363, -0.025317807984289876},
        {300.0, -5.703782474656201, -0.0033389012655146324},
        {800.0, -6.684611727667927, -0.0012507819016526292}
    };

    @Override
    public Link link() {
        return new Inverse();
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
