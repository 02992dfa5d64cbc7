package henderson.benchmarks.kernels;

/** Operations on dense matrices, with what a {@link Task} of each gives as its result, row-major. */
enum DenseOperation {
    /** {@code R}, upper triangular, {@code A = RᵀR}; below the diagonal 0. The copy of the input is part of it. */
    POTRF,
    /** {@code A⁻¹} by way of the factor, whole. */
    INVERSE,
    /** {@code R⁻ᵀB}, n × {@value DenseInput#SIDES}. */
    TRSM,
    /** {@code GᵀG}, whole or its upper triangle; below the diagonal 0 in the result. */
    SYRK,
    /** {@code GH}. */
    GEMM,
    /** Eigenvalues of A, ascending, then {@code VΛVᵀ}. */
    EIGEN;

    /** Floating-point operations at order n, additions and multiplications; for eigenvalues about. */
    double flops(int n) {
        double square = (double) n * n;
        return switch (this) {
            case POTRF -> square * n / 3;
            case INVERSE -> square * n;
            case TRSM -> square * DenseInput.SIDES;
            case SYRK -> square * n;
            case GEMM -> 2 * square * n;
            case EIGEN -> 9 * square * n;
        };
    }
}
