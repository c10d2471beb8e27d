package dev.kvstore.jdbc;

import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An iterator that can remove what it returned last. */
final class Removing<S, T> implements Iterator<T> {

    private final Iterator<S> read;
    private final Function<? super S, ? extends T> mapping;
    private final Consumer<? super S> remove;
    private @Nullable S last;

    Removing(Iterator<S> read, Function<? super S, ? extends T> mapping, Consumer<? super S> remove) {
        this.read = read;
        this.mapping = mapping;
        this.remove = remove;
    }

    @Override
    public boolean hasNext() {
        return read.hasNext();
    }

    @Override
    public T next() {
        S next = read.next();
        last = next;
        return mapping.apply(next);
    }

    @Override
    public void remove() {
        S removed = last;
        if (removed == null) {
            throw new IllegalStateException("next() was not called since the last remove()");
        }
        last = null;
        remove.accept(removed);
    }
}
