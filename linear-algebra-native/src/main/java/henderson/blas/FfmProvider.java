package henderson.blas;

import henderson.linalg.DenseBackend;
import henderson.linalg.DenseBackendProvider;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Function;

/** OpenBLAS through the foreign function interface, which is final since Java 22; older builds have no class for it. */
public final class FfmProvider implements DenseBackendProvider {
    private static final int FINAL_SINCE = 22;

    @Override
    public String name() {
        return "ffm";
    }

    @Override
    public int rank() {
        return 2;
    }

    @Override
    @SuppressWarnings("unchecked")
    public DenseBackend load(String library) {
        int version = Runtime.version().feature();
        if (version < FINAL_SINCE) {
            throw new Declined("needs Java " + FINAL_SINCE + " or newer; this is " + version);
        }
        try {
            Class<?> loader = Class.forName("henderson.blas.ForeignLoader");
            return ((Function<String, DenseBackend>)
                            loader.getDeclaredConstructor().newInstance())
                    .apply(library);
        } catch (ClassNotFoundException e) {
            throw new Declined("was built with a Java older than " + FINAL_SINCE);
        } catch (InvocationTargetException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException e) {
            throw new Declined("cannot be loaded: " + e);
        }
    }
}
