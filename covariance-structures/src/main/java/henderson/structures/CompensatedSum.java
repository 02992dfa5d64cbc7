package henderson.structures;

/**
 * A sum that carries what rounding took from it (Kahan). Rows that repeat a gain or a variance would round a plain sum the
 * same way each time: 100,000 of them lose four digits.
 */
final class CompensatedSum {
    private double sum;
    private double lost;

    void clear() {
        sum = 0;
        lost = 0;
    }

    void add(double x) {
        double term = x - lost;
        double next = sum + term;
        lost = next - sum - term;
        sum = next;
    }

    double value() {
        return sum;
    }
}
