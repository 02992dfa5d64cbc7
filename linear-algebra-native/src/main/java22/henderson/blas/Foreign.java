package henderson.blas;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** On memory outside the Java heap, aligned to cache lines: a long call holds up no garbage collection. */
final class Foreign implements Routines {
    private static final int COLUMNS = 102;
    private static final int LEFT = 141;
    private static final int RIGHT = 142;
    private static final int LOWER = 122;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;
    private static final int NOT_UNIT = 131;
    private static final long ALIGNMENT = 64;

    private final ForeignSymbols symbols;
    private final Arena arguments = Arena.ofAuto();
    private final MemorySegment lower = arguments.allocate(JAVA_BYTE);
    private final MemorySegment order = arguments.allocate(JAVA_INT);
    private final MemorySegment leading = arguments.allocate(JAVA_INT);
    private final MemorySegment info = arguments.allocate(JAVA_INT);
    private MemorySegment a = MemorySegment.NULL;

    Foreign(ForeignSymbols symbols) {
        this.symbols = symbols;
        lower.set(JAVA_BYTE, 0, (byte) 'L');
    }

    @Override
    public void reserve(int n, int stride) {
        long bytes = (long) n * stride * Double.BYTES;
        if (a.byteSize() < bytes) {
            a = Arena.ofAuto().allocate(bytes, ALIGNMENT);
        }
    }

    @Override
    public boolean holds(int n, int stride) {
        return true;
    }

    @Override
    public void put(double[] row, int from, long at, int count) {
        MemorySegment.copy(row, from, a, JAVA_DOUBLE, at * Double.BYTES, count);
    }

    @Override
    public void get(long at, double[] row, int from, int count) {
        MemorySegment.copy(a, JAVA_DOUBLE, at * Double.BYTES, row, from, count);
    }

    @Override
    public double get(long at) {
        return a.getAtIndex(JAVA_DOUBLE, at);
    }

    @Override
    public void move(long from, long to, int count) {
        MemorySegment.copy(a, from * Double.BYTES, a, to * Double.BYTES, (long) count * Double.BYTES);
    }

    private MemorySegment at(long entry) {
        return a.asSlice(entry * Double.BYTES);
    }

    @Override
    public boolean potrf(int n, long from, int stride) {
        set(n, stride);
        try {
            symbols.potrf.invokeExact(lower, order, at(from), leading, info, 1L);
        } catch (Throwable e) {
            throw failed(e);
        }
        return info.get(JAVA_INT, 0) == 0;
    }

    @Override
    public void potri(int n, long l, int stride) {
        set(n, stride);
        try {
            symbols.potri.invokeExact(lower, order, at(l), leading, info, 1L);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private void set(int n, int stride) {
        order.set(JAVA_INT, 0, n);
        leading.set(JAVA_INT, 0, stride);
    }

    @Override
    public void trsm(boolean transposed, int m, int n, long l, long b, int stride) {
        int form = transposed ? TRANSPOSED : AS_IS;
        try {
            symbols.trsm.invokeExact(
                    COLUMNS, RIGHT, LOWER, form, NOT_UNIT, m, n, 1.0, at(l), stride, at(b), stride);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @Override
    public void syrk(int n, int k, long from, long c, int stride) {
        try {
            symbols.syrk.invokeExact(COLUMNS, LOWER, AS_IS, n, k, -1.0, at(from), stride, 1.0, at(c), stride);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @Override
    public void symm(int m, int n, long from, long b, long c, int stride) {
        try {
            symbols.symm.invokeExact(
                    COLUMNS, LEFT, LOWER, m, n, -1.0, at(from), stride, at(b), m, 0.0, at(c), stride);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @Override
    public void multiply(int n, long left, long right, long c) {
        try {
            symbols.gemm.invokeExact(COLUMNS, AS_IS, AS_IS, n, n, n, 1.0, at(left), n, at(right), n, 0.0, at(c), n);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @Override
    public void gemm(int n, int k, long b, long from, long c, int stride) {
        try {
            symbols.gemm.invokeExact(
                    COLUMNS, TRANSPOSED, AS_IS, n, n, k, -1.0, at(b), k, at(from), stride, 1.0, at(c), stride);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** A call declares nothing that it could throw. */
    private static IllegalStateException failed(Throwable e) {
        return new IllegalStateException("A call to OpenBLAS failed: " + e, e);
    }
}
