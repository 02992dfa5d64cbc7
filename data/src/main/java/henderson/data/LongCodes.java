package henderson.data;

import java.util.Arrays;

/** Codes 0, 1, 2, … for distinct longs, in order of appearance. */
final class LongCodes {
    private long[] keys = new long[32];
    private int size;
    private int[] slots = new int[64];

    LongCodes() {
        Arrays.fill(slots, -1);
    }

    int code(long key) {
        int slot = slot(key);
        if (slots[slot] >= 0) {
            return slots[slot];
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size] = key;
        slots[slot] = size++;
        if (2 * size > slots.length) {
            grow();
        }
        return size - 1;
    }

    private int slot(long key) {
        long h = (key ^ key >>> 32) * 0x9E3779B97F4A7C15L; // whole doubles differ in their high bits only
        int slot = (int) (h ^ h >>> 32) & slots.length - 1;
        while (slots[slot] >= 0 && keys[slots[slot]] != key) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        Arrays.fill(slots, -1);
        for (int i = 0; i < size; i++) {
            slots[slot(keys[i])] = i;
        }
    }

    int size() {
        return size;
    }

    long key(int code) {
        return keys[code];
    }
}
