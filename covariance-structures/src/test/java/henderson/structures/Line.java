package henderson.structures;

import henderson.api.Positions;

/** Real places on a line whose distances vary. */
record Line(double[] values) implements Positions {
    /** {@code size} places, between {@code least} and {@code least + spread} apart. */
    static Line of(int size, double least, double spread) {
        double[] values = new double[size];
        for (int i = 1; i < size; i++) {
            values[i] = values[i - 1] + least + spread * (1 + Math.sin(i)) / 2;
        }
        return new Line(values);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public String label(int i) {
        return Double.toString(values[i]);
    }

    @Override
    public double real(int i) {
        return values[i];
    }
}
