package henderson.linalg;

/** {@code R⁻¹x} and {@code R⁻ᵀx}; x is order × m, rows in elimination order. */
final class TriangularSolves {
    private final FactorLayout layout;
    private final Elimination e;
    private final double[] panels;

    TriangularSolves(FactorLayout layout, double[] panels) {
        this.layout = layout;
        this.e = layout.e;
        this.panels = panels;
    }

    /** {@code x ← K} for the rows of one component. */
    void copyBorder(int component, double[] x) {
        int border = layout.border;
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            int width = e.width(s);
            for (int i = 0; i < e.columns[s]; i++) {
                int from = e.panel[s] + i * width + width - border;
                System.arraycopy(panels, from, x, (layout.rowOf[s] + i) * border, border);
            }
        }
    }

    /** {@code x ← R⁻¹x}. */
    void backward(int component, double[] x, int m) {
        if (m == 1) {
            backward(component, x);
            return;
        }
        for (int s = e.componentStart[component + 1] - 1; s >= e.componentStart[component]; s--) {
            int own = e.columns[s];
            for (int i = own - 1; i >= 0; i--) {
                int row = e.panel[s] + i * e.width(s);
                int at = (layout.rowOf[s] + i) * m;
                subtractDots(x, at, row + i + 1, own - i - 1, m);
                for (int t = e.reachStart[s]; t < e.reachStart[s + 1]; t++) {
                    int node = e.reach[t];
                    int from = layout.row(node) * m;
                    for (int c = 0; c < e.graph().size(node); c++) {
                        subtract(x, at, from + c * m, panels[row + e.reachColumn[t] + c], m);
                    }
                }
                scale(x, at, 1 / panels[row + i], m);
            }
        }
    }

    /** The same for one column. */
    private void backward(int component, double[] x) {
        int[] reachRow = layout.reachRow;
        for (int s = e.componentStart[component + 1] - 1; s >= e.componentStart[component]; s--) {
            int own = e.columns[s];
            int first = layout.rowOf[s];
            for (int i = own - 1; i >= 0; i--) {
                int row = e.panel[s] + i * e.width(s);
                double sum = x[first + i];
                for (int j = i + 1; j < own; j++) {
                    sum -= panels[row + j] * x[first + j];
                }
                if (reachRow != null) {
                    int shift = row + own - e.reachStart[s];
                    for (int t = e.reachStart[s]; t < e.reachStart[s + 1]; t++) {
                        sum -= panels[shift + t] * x[reachRow[t]];
                    }
                    x[first + i] = sum * (1 / panels[row + i]);
                    continue;
                }
                for (int t = e.reachStart[s]; t < e.reachStart[s + 1]; t++) {
                    int node = e.reach[t];
                    int from = layout.row(node);
                    int beside = row + e.reachColumn[t];
                    for (int c = 0; c < e.graph().size(node); c++) {
                        sum -= panels[beside + c] * x[from + c];
                    }
                }
                x[first + i] = sum * (1 / panels[row + i]);
            }
        }
    }

    /** {@code x ← R⁻ᵀx}. */
    void forward(int component, double[] x, int m) {
        if (m == 1) {
            forward(component, x);
            return;
        }
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            int own = e.columns[s];
            for (int i = 0; i < own; i++) {
                int row = e.panel[s] + i * e.width(s);
                int at = (layout.rowOf[s] + i) * m;
                scale(x, at, 1 / panels[row + i], m);
                subtractMultiples(x, at, row + i + 1, own - i - 1, m);
                for (int t = e.reachStart[s]; t < e.reachStart[s + 1]; t++) {
                    int node = e.reach[t];
                    int to = layout.row(node) * m;
                    for (int c = 0; c < e.graph().size(node); c++) {
                        subtract(x, to + c * m, at, panels[row + e.reachColumn[t] + c], m);
                    }
                }
            }
        }
    }

    /** The same for one column. */
    private void forward(int component, double[] x) {
        int[] reachRow = layout.reachRow;
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            int own = e.columns[s];
            int first = layout.rowOf[s];
            for (int i = 0; i < own; i++) {
                int row = e.panel[s] + i * e.width(s);
                double value = x[first + i] * (1 / panels[row + i]);
                x[first + i] = value;
                for (int j = i + 1; j < own; j++) {
                    x[first + j] -= panels[row + j] * value;
                }
                if (reachRow != null) {
                    int shift = row + own - e.reachStart[s];
                    for (int t = e.reachStart[s]; t < e.reachStart[s + 1]; t++) {
                        x[reachRow[t]] -= panels[shift + t] * value;
                    }
                    continue;
                }
                for (int t = e.reachStart[s]; t < e.reachStart[s + 1]; t++) {
                    int node = e.reach[t];
                    int to = layout.row(node);
                    int beside = row + e.reachColumn[t];
                    for (int c = 0; c < e.graph().size(node); c++) {
                        x[to + c] -= panels[beside + c] * value;
                    }
                }
            }
        }
    }

    /** The row of x at {@code at} loses the products of the {@code n} rows that follow it with panel entries. */
    private void subtractDots(double[] x, int at, int entries, int n, int m) {
        int c = 0;
        for (; c + 4 <= m; c += 4) {
            subtractFourDots(x, at + c, entries, n, m);
        }
        for (; c < m; c++) {
            double even = 0;
            double odd = 0;
            int from = at + m + c;
            int j = 0;
            for (; j + 1 < n; j += 2, from += 2 * m) {
                even += panels[entries + j] * x[from];
                odd += panels[entries + j + 1] * x[from + m];
            }
            if (j < n) {
                even += panels[entries + j] * x[from];
            }
            x[at + c] -= even + odd;
        }
    }

    /** The same for four columns from {@code at} on, each summed in the same order. */
    private void subtractFourDots(double[] x, int at, int entries, int n, int m) {
        double e0 = 0;
        double e1 = 0;
        double e2 = 0;
        double e3 = 0;
        double o0 = 0;
        double o1 = 0;
        double o2 = 0;
        double o3 = 0;
        int from = at + m;
        int j = 0;
        for (; j + 1 < n; j += 2, from += 2 * m) {
            double r = panels[entries + j];
            e0 += r * x[from];
            e1 += r * x[from + 1];
            e2 += r * x[from + 2];
            e3 += r * x[from + 3];
            double t = panels[entries + j + 1];
            o0 += t * x[from + m];
            o1 += t * x[from + m + 1];
            o2 += t * x[from + m + 2];
            o3 += t * x[from + m + 3];
        }
        if (j < n) {
            double r = panels[entries + j];
            e0 += r * x[from];
            e1 += r * x[from + 1];
            e2 += r * x[from + 2];
            e3 += r * x[from + 3];
        }
        x[at] -= e0 + o0;
        x[at + 1] -= e1 + o1;
        x[at + 2] -= e2 + o2;
        x[at + 3] -= e3 + o3;
    }

    /** The {@code n} rows after the row of x at {@code at} lose its multiples by panel entries. */
    private void subtractMultiples(double[] x, int at, int entries, int n, int m) {
        int c = 0;
        for (; c + 4 <= m; c += 4) {
            double f0 = x[at + c];
            double f1 = x[at + c + 1];
            double f2 = x[at + c + 2];
            double f3 = x[at + c + 3];
            int to = at + m + c;
            for (int j = 0; j < n; j++, to += m) {
                double r = panels[entries + j];
                x[to] -= f0 * r;
                x[to + 1] -= f1 * r;
                x[to + 2] -= f2 * r;
                x[to + 3] -= f3 * r;
            }
        }
        for (; c < m; c++) {
            double f = x[at + c];
            int to = at + m + c;
            for (int j = 0; j < n; j++, to += m) {
                x[to] -= f * panels[entries + j];
            }
        }
    }

    private static void scale(double[] x, int at, double f, int m) {
        for (int c = 0; c < m; c++) {
            x[at + c] *= f;
        }
    }

    private static void subtract(double[] x, int into, int from, double f, int m) {
        for (int c = 0; c < m; c++) {
            x[into + c] -= f * x[from + c];
        }
    }
}
