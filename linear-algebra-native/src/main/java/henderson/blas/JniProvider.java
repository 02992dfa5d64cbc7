package henderson.blas;

import henderson.linalg.DenseBackend;
import henderson.linalg.DenseBackendProvider;

/** OpenBLAS through JNI, for every Java. */
public final class JniProvider implements DenseBackendProvider {
    @Override
    public String name() {
        return "jni";
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public DenseBackend load(String library) {
        return Jni.load(library);
    }
}
