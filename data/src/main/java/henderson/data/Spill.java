package henderson.data;

import henderson.api.HendersonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that holds chunks of columns which do not stay in memory, and the few chunks that were read last. The file has
 * no name as soon as it is open, where the system allows that, and is gone with the program. Safe for threads.
 */
final class Spill {
    /** Chunks kept in memory: the columns of a model and some more. */
    static final int RESIDENT = 64;

    private static final ThreadLocal<ByteBuffer> BUFFER = ThreadLocal.withInitial(
            () -> ByteBuffer.allocateDirect(Doubles.CHUNK * Double.BYTES).order(ByteOrder.nativeOrder()));

    private final FileChannel file;
    private final Path folder;
    private long end;
    private final Chunks[] owners = new Chunks[RESIDENT];
    private final int[] indices = new int[RESIDENT];
    private int hand;

    /** Who has chunks here. */
    interface Chunks {
        /** Chunk {@code index} leaves memory. */
        void forget(int index);
    }

    Spill() {
        this.folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path path = Files.createTempFile(folder, "henderson-", ".columns");
            this.file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            unlink(path);
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    private static void unlink(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit(); // not while it is open, on some systems
        }
    }

    private HendersonException failed(String what, IOException e) {
        return new HendersonException(
                "The columns cannot be " + what + " in the folder '" + folder + "' for temporary files: "
                        + e.getMessage() + ".",
                "Maybe there is more room elsewhere: JDK_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER.",
                e);
    }

    /** Appends a chunk; where it begins. */
    long write(double[] values) {
        ByteBuffer buffer = BUFFER.get().clear();
        buffer.asDoubleBuffer().put(values, 0, Doubles.CHUNK);
        return append(buffer.limit(Doubles.CHUNK * Double.BYTES));
    }

    /** Appends a chunk; where it begins. */
    long write(int[] values) {
        return append(bytes(values));
    }

    /** Writes a chunk anew. */
    void rewrite(int[] values, long at) {
        write(bytes(values), at);
    }

    private static ByteBuffer bytes(int[] values) {
        ByteBuffer buffer = BUFFER.get().clear();
        buffer.asIntBuffer().put(values, 0, Doubles.CHUNK);
        return buffer.limit(Doubles.CHUNK * Integer.BYTES);
    }

    private long append(ByteBuffer buffer) {
        long at;
        synchronized (this) {
            at = end;
            end += buffer.remaining();
        }
        write(buffer, at);
        return at;
    }

    private void write(ByteBuffer buffer, long at) {
        try {
            long position = at;
            while (buffer.hasRemaining()) {
                position += file.write(buffer, position);
            }
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    /** The doubles of a chunk. */
    double[] doubles(long at) {
        double[] out = new double[Doubles.CHUNK];
        read(at, Doubles.CHUNK * Double.BYTES).asDoubleBuffer().get(out);
        return out;
    }

    /** The ints of a chunk. */
    int[] ints(long at) {
        int[] out = new int[Doubles.CHUNK];
        read(at, Doubles.CHUNK * Integer.BYTES).asIntBuffer().get(out);
        return out;
    }

    private ByteBuffer read(long at, int length) {
        ByteBuffer buffer = BUFFER.get().clear().limit(length);
        try {
            while (buffer.hasRemaining()) {
                if (file.read(buffer, at + buffer.position()) < 0) {
                    throw new IOException("it ends too early");
                }
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
        return buffer.flip();
    }

    /** Chunk {@code index} of {@code owner} is in memory; the one that has been there longest is forgotten for it. */
    synchronized void resides(Chunks owner, int index) {
        Chunks old = owners[hand];
        if (old != null) {
            old.forget(indices[hand]);
        }
        owners[hand] = owner;
        indices[hand] = index;
        hand = (hand + 1) % RESIDENT;
    }
}
