package henderson.blas;

/**
 * The BLAS and LAPACK routines in use, on memory of their own. Matrices stand in it column after column; each is named by
 * the place of its first entry and the distance of its columns. {@code L} is always a lower triangle, and what stands above
 * a diagonal is not read. A workspace: belongs to one thread.
 */
interface Routines {
    /** Whether there can be room for n columns of so many entries. */
    boolean holds(int n, int stride);

    /** Makes room for n columns of so many entries; their content is then undefined. */
    void reserve(int n, int stride);

    /** Copies entries of a row into the memory. */
    void put(double[] row, int from, long at, int count);

    /** Copies entries of the memory into a row. Modified. */
    void get(long at, double[] row, int from, int count);

    /** Copies entries within the memory. */
    void move(long from, long to, int count);

    /** One entry. */
    double get(long at);

    /** {@code A → L}, {@code A = LLᵀ}, n × n (dpotrf). False where A is not positive definite. */
    boolean potrf(int n, long a, int stride);

    /** {@code L → (LLᵀ)⁻¹}, n × n (dpotri). */
    void potri(int n, long l, int stride);

    /** {@code B → BL⁻ᵀ} or {@code BL⁻¹}, B m × n, at the stride of L (dtrsm). */
    void trsm(boolean transposed, int m, int n, long l, long b, int stride);

    /** {@code C → C − AAᵀ}, A n × k, at one stride (dsyrk). */
    void syrk(int n, int k, long a, long c, int stride);

    /** {@code C = −AB}, A symmetric m × m and C m × n at one stride, B m × n without gaps (dsymm). */
    void symm(int m, int n, long a, long b, long c, int stride);

    /** {@code C = AB}, all n × n without gaps (dgemm). */
    void multiply(int n, long a, long b, long c);

    /** {@code C → C − BᵀA}, A k × n and C n × n at one stride, B k × n without gaps (dgemm). */
    void gemm(int n, int k, long b, long a, long c, int stride);
}
