package dev.kvstore.commit;

import org.jspecify.annotations.Nullable;

/**
 * Writes in their order, linked through themselves: to add and remove allocates nothing, so that it cannot fail when
 * memory has run out. A write is in one list at a time. Not thread-safe.
 */
final class WriteList {

    private @Nullable Write<?> first;
    private @Nullable Write<?> last;
    private int size;

    /** The first write; the others follow by {@link Write#next}. */
    @Nullable
    Write<?> first() {
        return first;
    }

    int size() {
        return size;
    }

    void add(Write<?> write) {
        write.next = null;
        if (last == null) {
            first = write;
        } else {
            last.next = write;
        }
        last = write;
        size++;
    }

    @Nullable
    Write<?> poll() {
        Write<?> write = first;
        if (write != null) {
            first = write.next;
            last = first == null ? null : last;
            write.next = null;
            size--;
        }
        return write;
    }

    /** Moves all writes of another list to the front of this one. */
    void prepend(WriteList others) {
        if (others.last == null) {
            return;
        }
        others.last.next = first;
        first = others.first;
        last = last == null ? others.last : last;
        size += others.size;
        others.clear();
    }

    /** Takes all writes out, and returns the first. */
    @Nullable
    Write<?> takeAll() {
        Write<?> taken = first;
        clear();
        return taken;
    }

    private void clear() {
        first = null;
        last = null;
        size = 0;
    }
}
