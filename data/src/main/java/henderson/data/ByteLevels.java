package henderson.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts of one block by code, in order of appearance, as the bytes they were written with. */
final class ByteLevels {
    private byte[] bytes = new byte[1 << 10];
    /** End of each text; the first begins at 0. */
    private int[] ends = new int[64];

    private int[] hashes = new int[64];
    private int size;
    private int[] slots = new int[128];

    ByteLevels() {
        Arrays.fill(slots, -1);
    }

    void clear() {
        size = 0;
        Arrays.fill(slots, -1);
    }

    int size() {
        return size;
    }

    String text(int code) {
        int from = begin(code);
        return new String(bytes, from, ends[code] - from, StandardCharsets.UTF_8);
    }

    private int begin(int code) {
        return code == 0 ? 0 : ends[code - 1];
    }

    int code(byte[] b, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + b[i];
        }
        hash *= 0x9E3779B9;
        hash ^= hash >>> 15;
        int slot = hash & slots.length - 1;
        while (slots[slot] >= 0) {
            int code = slots[slot];
            if (hashes[code] == hash && Arrays.equals(bytes, begin(code), ends[code], b, from, to)) {
                return code;
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = size;
        add(b, from, to, hash);
        return size - 1;
    }

    private void add(byte[] b, int from, int to, int hash) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        int at = begin(size);
        if (at + to - from > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (at + to - from));
        }
        System.arraycopy(b, from, bytes, at, to - from);
        ends[size] = at + to - from;
        hashes[size++] = hash;
        if (2 * size > slots.length) {
            slots = new int[2 * slots.length];
            Arrays.fill(slots, -1);
            for (int c = 0; c < size; c++) {
                int slot = hashes[c] & slots.length - 1;
                while (slots[slot] >= 0) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = c;
            }
        }
    }
}
