package henderson.data;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** Lists whose members are made when they are asked for, and not kept. */
final class Lazy {
    private Lazy() {}

    static <T> List<T> list(int size, IntFunction<T> member) {
        return new Made<>(size, member);
    }

    private static final class Made<T> extends AbstractList<T> implements RandomAccess {
        private final int size;
        private final IntFunction<T> member;

        private Made(int size, IntFunction<T> member) {
            this.size = size;
            this.member = member;
        }

        @Override
        public T get(int i) {
            return member.apply(java.util.Objects.checkIndex(i, size));
        }

        @Override
        public int size() {
            return size;
        }
    }
}
