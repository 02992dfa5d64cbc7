/**
 * An accelerated {@link henderson.linalg.DenseBackend}: OpenBLAS, where the machine has it. Through the foreign function
 * interface on Java 22 and newer, through JNI before. Nothing needs this module; without the library it declines.
 */
@NullMarked
package henderson.blas;

import org.jspecify.annotations.NullMarked;
