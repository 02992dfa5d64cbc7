package henderson.blas;

import henderson.linalg.DenseBackend;
import java.lang.ref.SoftReference;
import java.util.function.Supplier;

/**
 * The kernels by blocks of {@value #BLOCK} columns on BLAS: row i of what is given becomes column i in the memory of the
 * routines, so that {@code R} by rows is there {@code L = Rᵀ}. Rows are copied in and out, n² against n³/3. LAPACK serves
 * for the diagonal blocks; its own way through a large matrix (dpotrf, dpotri of OpenBLAS 0.3.21) has two thirds of the speed
 * at order 1128.
 */
final class NativeBackend implements DenseBackend {
    private static final int BLOCK = 48;
    /** Entries at the edge of a square of the mirror that stays in cache. */
    private static final int TILE = 32;

    private final String description;
    private final Supplier<Routines> make;
    private final DenseBackend plain = DenseBackend.plain();
    /** Per thread; goes when memory is short. */
    private final ThreadLocal<SoftReference<Routines>> routines;

    NativeBackend(String description, Supplier<Routines> make) {
        this.description = description;
        this.make = make;
        this.routines = ThreadLocal.withInitial(() -> new SoftReference<>(make.get()));
    }

    private Routines routines() {
        Routines own = routines.get().get();
        if (own == null) {
            own = make.get();
            routines.set(new SoftReference<>(own));
        }
        return own;
    }

    @Override
    public boolean cholesky(double[][] a, int n, int width) {
        Routines blas = routines();
        if (!blas.holds(n, width)) {
            return plain.cholesky(a, n, width);
        }
        blas.reserve(n, width);
        for (int i = 0; i < n; i++) {
            blas.put(a[i], i, i * (long) width + i, width - i);
        }
        if (!factor(blas, n, width)) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            blas.get(i * (long) width + i, a[i], i, width - i);
        }
        return true;
    }

    /** {@code [A; Bᵀ] → [L; BᵀL⁻ᵀ]}, block of columns after block. */
    private static boolean factor(Routines blas, int n, int width) {
        for (int k = 0; k < n; k += BLOCK) {
            int own = Math.min(BLOCK, n - k);
            int later = n - k - own;
            long corner = k * (long) width + k;
            if (!blas.potrf(own, corner, width) || !finite(blas, own, corner, width)) {
                return false;
            }
            if (later > 0) {
                blas.trsm(true, later, own, corner, corner + own, width);
                blas.syrk(later, own, corner + own, corner + own * (width + 1L), width);
            }
        }
        if (width > n) {
            blas.trsm(true, width - n, n, 0, n, width);
        }
        return true;
    }

    /** dpotrf lets a pivot pass that is not a number. */
    private static boolean finite(Routines blas, int n, long l, int stride) {
        for (int i = 0; i < n; i++) {
            double pivot = blas.get(l + i * (stride + 1L));
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void inverse(double[][] r, int n, double[][] z, double[] work) {
        Routines blas = routines();
        if (!blas.holds(n + BLOCK, n)) {
            plain.inverse(r, n, z, work);
            return;
        }
        blas.reserve(n + BLOCK, n);
        for (int i = 0; i < n; i++) {
            blas.put(r[i], i, i * (long) n + i, n - i);
        }
        invert(blas, n);
        for (int i = 0; i < n; i++) {
            blas.get(i * (long) n + i, z[i], i, n - i);
        }
        mirror(z, n);
    }

    /**
     * {@code L → (LLᵀ)⁻¹} from the last block I up, T the columns after it: {@code Wᵀ = L_TI L_II⁻¹}, {@code Z_TI = −Z_TT Wᵀ},
     * {@code Z_II = (L_II L_IIᵀ)⁻¹ − W Z_TI}.
     */
    private static void invert(Routines blas, int n) {
        long w = (long) n * n;
        for (int end = n; end > 0; ) {
            int k = (end - 1) / BLOCK * BLOCK;
            int own = end - k;
            int later = n - end;
            long corner = k * (long) n + k;
            long beside = corner + own;
            if (later > 0) {
                blas.trsm(false, later, own, corner, beside, n);
                for (int j = 0; j < own; j++) {
                    blas.move(beside + j * (long) n, w + j * (long) later, later);
                }
            }
            blas.potri(own, corner, n);
            if (later > 0) {
                blas.symm(later, own, end * (n + 1L), w, beside, n);
                blas.gemm(own, later, w, beside, corner, n);
            }
            end = k;
        }
    }

    /** The lower triangle from the upper one. */
    private static void mirror(double[][] z, int n) {
        for (int top = 0; top < n; top += TILE) {
            for (int left = top; left < n; left += TILE) {
                mirror(z, top, left, Math.min(top + TILE, n), Math.min(left + TILE, n));
            }
        }
    }

    private static void mirror(double[][] z, int top, int left, int bottom, int right) {
        for (int i = top; i < bottom; i++) {
            double[] row = z[i];
            for (int j = Math.max(left, i + 1); j < right; j++) {
                z[j][i] = row[j];
            }
        }
    }

    @Override
    public void multiply(double[][] a, double[][] b, int n, double[][] c) {
        Routines blas = routines();
        if (!blas.holds(3 * n, n)) {
            plain.multiply(a, b, n, c);
            return;
        }
        blas.reserve(3 * n, n);
        long square = (long) n * n;
        for (int i = 0; i < n; i++) {
            blas.put(b[i], 0, i * (long) n, n);
            blas.put(a[i], 0, square + i * (long) n, n);
        }
        blas.multiply(n, 0, square, 2 * square); // rows stand as columns: Cᵀ = BᵀAᵀ
        for (int i = 0; i < n; i++) {
            blas.get(2 * square + i * (long) n, c[i], 0, n);
        }
    }

    /** For the orders that are too large for the routines. */
    @Override
    public int inverseWorkspace(int n) {
        return plain.inverseWorkspace(n);
    }

    @Override
    public String description() {
        return description;
    }
}
