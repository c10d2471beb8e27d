package dev.kvstore.template;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Map;

/** The entries of a loop. Checks the time at each entry, because a loop need not print or evaluate anything. */
final class TimedEntries extends AbstractCollection<LoopEntry> {

    private final Map<?, ?> entries;
    private final Rendering rendering;

    TimedEntries(Map<?, ?> entries, Rendering rendering) {
        this.entries = entries;
        this.rendering = rendering;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Iterator<LoopEntry> iterator() {
        Iterator<? extends Map.Entry<?, ?>> iterator = entries.entrySet().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public LoopEntry next() {
                rendering.checkTime();
                Map.Entry<?, ?> entry = iterator.next();
                return new LoopEntry((String) entry.getKey(), (String) entry.getValue());
            }
        };
    }
}
