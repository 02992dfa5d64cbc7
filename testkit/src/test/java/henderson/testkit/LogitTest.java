package henderson.testkit;

import henderson.api.Link;

/** The contract takes a link that is right. */
class LogitTest implements LinkContract {
    /** {@code e^η/(1 + e^η)} in 40 decimal digits, rounded to double. */
    static final double[][] KNOWN = {
        {-40, 4.248354255291589e-18, 1.0},
        {-20, 2.0611536181902037e-09, 0.9999999979388464},
        {-1.5, 0.18242552380635635, 0.8175744761936437},
        {0, 0.5, 0.5},
        {0.75, 0.679178699175393, 0.320821300824607},
        {3, 0.9525741268224333, 0.04742587317756678},
        {20, 0.9999999979388464, 2.0611536181902037e-09},
        {40, 1.0, 4.248354255291589e-18}
    };

    @Override
    public Link link() {
        return new Logit();
    }

    @Override
    public double[][] known() {
        return KNOWN;
    }
}
