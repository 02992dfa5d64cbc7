package henderson.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts by code, in order of appearance; looking a text up in a character array makes no object unless it is new. */
final class Dictionary {
    private final List<String> levels = new ArrayList<>();
    private int[] slots = new int[64];

    Dictionary() {
        Arrays.fill(slots, -1);
    }

    int code(String text) {
        return code(text.toCharArray(), 0, text.length());
    }

    int code(char[] buffer, int offset, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + buffer[offset + i];
        }
        int slot = spread(hash) & slots.length - 1;
        while (slots[slot] >= 0) {
            if (same(levels.get(slots[slot]), buffer, offset, length)) {
                return slots[slot];
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = levels.size();
        levels.add(new String(buffer, offset, length));
        if (2 * levels.size() > slots.length) {
            grow();
        }
        return levels.size() - 1;
    }

    private static int spread(int hash) {
        int h = hash * 0x9E3779B9;
        return h ^ h >>> 15;
    }

    private static boolean same(String level, char[] buffer, int offset, int length) {
        if (level.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (level.charAt(i) != buffer[offset + i]) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        Arrays.fill(slots, -1);
        for (int c = 0; c < levels.size(); c++) {
            int slot = spread(levels.get(c).hashCode()) & slots.length - 1;
            while (slots[slot] >= 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = c;
        }
    }

    List<String> levels() {
        return levels;
    }
}
