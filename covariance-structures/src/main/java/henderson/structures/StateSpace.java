package henderson.structures;

/**
 * A stationary process of variance 1 as a Markov process of r states, {@code y = hᵀa + ε}, {@code Var ε = noise}, with
 * derivatives by each of K search coordinates; those follow the scale in τ, so that parameter k is {@code τ[k + 1]}.
 */
abstract class StateSpace {
    final int states;
    final int parameters;
    /** h, r. */
    final double[] h;
    /** ∂h, K × r. */
    final double[][] hSlope;
    /** Stationary covariance of the states, r × r. */
    final double[] p;
    /** ∂P, K × r × r. */
    final double[][] pSlope;
    /** Steps, one for each different distance of neighbours. */
    final Transition[] steps;
    /** Variance that belongs to the row alone. */
    double noise;
    /** ∂noise, K. */
    final double[] noiseSlope;

    StateSpace(int states, int parameters, int steps) {
        this.states = states;
        this.parameters = parameters;
        this.h = new double[states];
        this.hSlope = new double[parameters][states];
        this.p = new double[states * states];
        this.pSlope = new double[parameters][states * states];
        this.noiseSlope = new double[parameters];
        this.steps = new Transition[steps];
        for (int s = 0; s < steps; s++) {
            this.steps[s] = new Transition(states, parameters);
        }
    }

    /** Sets all arrays for the parameters {@code tau}. */
    abstract void update(double[] tau);
}
