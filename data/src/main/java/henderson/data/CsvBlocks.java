package henderson.data;

import henderson.api.FitListener;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into blocks of whole records: a block ends behind a line feed that an even number of quotes
 * precedes. In a file that quotes as it should that is a record's end; what reads the blocks sees where it does not.
 * Blocks are handed out one by one, to any thread; bytes are digested on the way.
 */
final class CsvBlocks {
    /** A block grows to so many bytes in search of a record's end. */
    private static final int LONGEST = 1 << 26;

    /** Progress is told after so many bytes. */
    private static final long STEP = 1 << 22;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final InputStream in;
    private final int size;
    private final MessageDigest digest;
    private final FitListener listener;
    private final long total;
    private byte[] rest = new byte[0];
    private int restLength;
    private long done;
    private long told;
    private int next;
    private boolean ended;

    CsvBlocks(InputStream in, int size, MessageDigest digest, FitListener listener, long total) {
        this.in = in;
        this.size = size;
        this.digest = digest;
        this.listener = listener;
        this.total = total;
    }

    /** Bytes of whole records, with a line feed behind the last. */
    static final class Block {
        byte[] bytes = new byte[0];
        int length;
        /** Its place among the blocks, from 0. */
        int number;
        /** Whether some byte is not ASCII. */
        boolean wide;

        private void require(int capacity) {
            if (bytes.length < capacity) {
                bytes = Arrays.copyOf(bytes, capacity);
            }
        }
    }

    /** What became of a request for a block. */
    enum State {
        READ,
        ENDED,
        /** No record's end is in sight. */
        ENDLESS
    }

    /** Reads the next block; {@code block} is modified. */
    synchronized State next(Block block) throws IOException {
        if (ended && restLength == 0) {
            return State.ENDED;
        }
        block.require(Math.max(size, restLength) + 1);
        System.arraycopy(rest, 0, block.bytes, 0, restLength);
        int length = restLength;
        int scanned = 0;
        int cut = 0;
        boolean even = true;
        boolean wide = false;
        while (!ended && cut == 0) {
            length = fill(block, length);
            long kinds = kinds(block.bytes, scanned, length);
            wide |= kinds < 0;
            if (even && (kinds & 1) == 0) {
                cut = lastLine(block.bytes, scanned, length);
            } else {
                for (int i = scanned; i < length; i++) {
                    even ^= block.bytes[i] == '"';
                    cut = even && block.bytes[i] == '\n' ? i + 1 : cut;
                }
            }
            scanned = length;
            if (!ended && cut == 0) {
                if (length >= LONGEST) {
                    return State.ENDLESS;
                }
                block.require(2 * length + 1);
            }
        }
        if (ended) {
            wide |= kinds(block.bytes, 0, length) < 0;
            cut = length;
        }
        keepRest(block, cut, length);
        block.length = cut;
        block.bytes[cut] = '\n';
        block.wide = wide;
        block.number = next++;
        return cut == 0 ? State.ENDED : State.READ;
    }

    private int fill(Block block, int from) throws IOException {
        int n = in.readNBytes(block.bytes, from, block.bytes.length - 1 - from);
        ended = n < block.bytes.length - 1 - from;
        digest.update(block.bytes, from, n);
        done += n;
        if (done - told >= STEP) {
            told = done - done % STEP;
            listener.progress(Math.min(done, total), total);
        }
        return from + n;
    }

    private void keepRest(Block block, int cut, int length) {
        restLength = length - cut;
        if (rest.length < restLength) {
            rest = new byte[Math.max(1 << 12, 2 * restLength)];
        }
        System.arraycopy(block.bytes, cut, rest, 0, restLength);
    }

    private static int lastLine(byte[] b, int from, int to) {
        int i = to;
        while (i > from && b[i - 1] != '\n') {
            i--;
        }
        return i > from ? i : 0;
    }

    /** Negative where some byte is not ASCII, odd where some is a quote. */
    private static long kinds(byte[] b, int from, int to) {
        long wide = 0;
        long quotes = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long x = (long) LONGS.get(b, i);
            long zeros = x ^ QUOTES;
            wide |= x;
            quotes |= zeros - ONES & ~zeros;
        }
        boolean quoted = (quotes & HIGHS) != 0;
        for (; i < to; i++) {
            wide |= b[i];
            quoted |= b[i] == '"';
        }
        return ((wide & HIGHS) != 0 ? Long.MIN_VALUE : 0) | (quoted ? 1 : 0);
    }
}
