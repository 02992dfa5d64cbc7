package henderson.linalg;

/**
 * The factor {@code R}, upper triangular with {@code M = RᵀR}, over an {@link Elimination}; a workspace sized at birth.
 * It is made by {@linkplain #cholesky Cholesky} from {@code M} or by {@linkplain Scratch#absorb rotations} from rows; what
 * follows is the same for either. Components are independent: different threads may work on different components, each with
 * a {@link Scratch} of its own.
 *
 * <p>A panel of step s is {@code [R_ss | R_sS | K_s]}: own columns, reach, border; {@code K = R⁻ᵀB} for a border {@code B}
 * of right-hand sides. Only the upper triangle of {@code R_ss} is read or written.
 *
 * <p>Nothing is allocated after the constructor and {@link #scratch()}.
 */
public final class BlockFactor {
    private final FactorLayout layout;
    private final Elimination e;
    /** All panels. */
    private final double[] panels;

    private final LargeSteps large;
    private final Crossing crossing;
    private final BlockCholesky cholesky;
    private final Rotations rotations;
    private final TriangularSolves solves;
    private final SelectedInverse selected;

    /** A workspace for a pattern. */
    public BlockFactor(Elimination elimination) {
        this.layout = new FactorLayout(elimination);
        this.e = elimination;
        this.panels = new double[e.panelLength()];
        this.large = new LargeSteps(layout, panels);
        this.crossing = new Crossing(layout, panels);
        this.cholesky = new BlockCholesky(layout, panels, large, crossing);
        this.rotations = new Rotations(layout);
        this.solves = new TriangularSolves(layout, panels);
        this.selected = new SelectedInverse(layout, panels, large, crossing);
    }

    /** What one thread needs beside the shared arrays. */
    public static final class Scratch {
        private final Rotations rotations;
        /** Where the columns of a reach stand in a later panel. */
        final int[] position;
        /** {@code R_ss⁻¹R_sS}, own × reach. */
        final double[] u;
        /** {@code U Z_SS}, own × reach. */
        final double[] w;
        /** {@code R_ss⁻¹}, own × own. */
        final double[] corner;
        /** For the dense backend. */
        final double[] dense;

        double[] row;
        double[] next;

        private Scratch(FactorLayout layout, Rotations rotations, int workspace) {
            this.rotations = rotations;
            this.position = new int[layout.maxReach];
            this.u = new double[layout.maxBeside];
            this.w = new double[layout.maxBeside];
            this.corner = new double[layout.maxCorner];
            this.dense = new double[workspace];
            this.row = new double[layout.maxWidth];
            this.next = new double[layout.maxWidth];
        }

        /**
         * A row to fill before {@link #absorb}, laid out as a panel of its step; its length is that of the widest panel. Ask
         * for it anew each time: absorbing a row may put another array in its place.
         */
        public double[] row() {
            return row;
        }

        /**
         * Rotates {@link #row()} into a factor: {@code RᵀR ← RᵀR + rowᵀrow}. The row is used up.
         *
         * @param into     panels of the factor. Modified.
         * @param step     the step whose panel layout the row has
         * @param from     first own column that may differ from zero
         * @param triangle upper triangular border × border; takes what is left. Modified.
         */
        public void absorb(double[] into, int step, int from, double[] triangle) {
            rotations.absorb(into, step, from, triangle, this);
        }
    }

    /** Scratch for one thread. */
    public Scratch scratch() {
        return new Scratch(layout, rotations, large.workspace);
    }

    Crossing crossing() {
        return crossing;
    }

    FactorLayout layout() {
        return layout;
    }

    /** The inverse of a step that the backend inverts, own × own, once it is up to date. */
    double[][] inverseRows(int step) {
        return large.inverseRows(step);
    }

    /** The pattern. */
    public Elimination elimination() {
        return e;
    }

    /** The panels: M before, R after a factorization; see {@link Elimination#offset}. */
    public double[] panels() {
        return panels;
    }

    /** Number of columns of M. */
    public int order() {
        return layout.rowOf[e.steps()];
    }

    /** Row of a node's first column in vectors given to the solves. */
    public int row(int node) {
        return layout.row(node);
    }

    /** Sets the panels of a component to zero. */
    public void clear(int component) {
        layout.clear(component, panels);
    }

    /**
     * {@code M → R}, {@code B → K = R⁻ᵀB} for one component.
     *
     * @param cross border × border, its upper triangle gains {@code KᵀK}. Modified.
     * @return false where M is not positive definite or not finite; the component's panels and {@code cross} are then
     *     undefined
     */
    public boolean cholesky(int component, double[] cross, Scratch scratch) {
        return cholesky.factor(component, cross, scratch.position);
    }

    /** Sets a component's factor to the identity with a zero border: the rows of {@code v ~ N(0, I)}. */
    public void identity(int component) {
        clear(component);
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            int width = e.width(s);
            for (int i = 0; i < e.columns[s]; i++) {
                panels[e.panel[s] + i * width + i] = 1;
            }
        }
    }

    /** Rotates a row of {@code n} entries into an n × n triangle. Both are modified. */
    public static void absorbBorder(double[] triangle, double[] row, int n) {
        Rotations.absorb(triangle, row, 0, 0, n);
    }

    /** Rotates the rows of one triangle into another, both n × n: {@code into ← R} of both. {@code from} is consumed. */
    public static void merge(double[] into, double[] from, int n) {
        for (int i = 0; i < n; i++) {
            Rotations.absorb(into, from, i * n, i, n);
        }
    }

    /** {@code log|M|} of one component. */
    public double logDeterminant(int component) {
        double sum = 0;
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            int width = e.width(s);
            double product = 1;
            for (int i = 0; i < e.columns[s]; i++) {
                product *= panels[e.panel[s] + i * width + i];
                if (product > 1e100 || product < 1e-100) {
                    sum += Math.log(product);
                    product = 1;
                }
            }
            sum += Math.log(product);
        }
        return 2 * sum; // doubled: determinant of the matrix, not of its factor
    }

    /** {@code x ← R⁻¹K = M⁻¹B}, order × border, for the rows of one component. Modified. */
    public void solveBorder(int component, double[] x) {
        solves.copyBorder(component, x);
        solves.backward(component, x, layout.border);
    }

    /** {@code x ← R⁻¹x} for {@code m} columns, order × m, rows of one component. Modified. */
    public void backward(int component, double[] x, int m) {
        solves.backward(component, x, m);
    }

    /** {@code x ← R⁻ᵀx} for {@code m} columns, order × m, rows of one component. Modified. */
    public void forward(int component, double[] x, int m) {
        solves.forward(component, x, m);
    }

    /** {@code M⁻¹} on the pattern of R for one component; read it by {@link #inverse}. */
    public void invert(int component, Scratch scratch) {
        selected.invert(component, scratch);
    }

    /**
     * The blocks of {@code M⁻¹} on the diagonal for one component; those of joined nodes are not up to date afterwards, but
     * for those in the component's last step. Costs less than {@link #invert} where factors are crossed.
     */
    public void invertDiagonal(int component, Scratch scratch) {
        selected.invertDiagonal(component, scratch);
    }

    /** Whether {@link #invertDiagonal} leaves out anything that {@link #invert} computes. */
    public boolean skipsPairs() {
        return crossing.any();
    }

    /** The selected inverse: entries of joined nodes, at {@link #inverseOffset}. */
    public double[] inverse() {
        return selected.inverse;
    }

    /** Offset of a step in {@link #inverse()}; rows are own columns and reach wide. */
    public int inversePanel(int step) {
        return layout.inversePanel[step];
    }

    /** Offset in {@link #inverse()} of the block of two nodes that are equal or joined; see {@link Elimination#earlier}. */
    public int inverseOffset(int a, int b) {
        return layout.inverseOffset(a, b);
    }

    /** Distance of rows in the inverse block of a node. */
    public int inverseStride(int node) {
        return layout.inverseStride(e.stepOf[node]);
    }
}
