package dev.kvstore.settings;

import dev.kvstore.KvGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Settings of one group. Reading the group is one operation, so that a batch is seen as a whole or not at all. */
final class LiveSettings<T> implements KvSettings<T>, WatchedGroup {

    private static final Log log = LogFactory.getLog(LiveSettings.class);

    private final KvGroup<String> entries;
    private final BoundGroup<T> bound;
    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
    private Map<String, String> last;
    private volatile T current;
    private volatile @Nullable String refusal;

    LiveSettings(KvGroup<String> entries, BoundGroup<T> bound) {
        this.entries = entries;
        this.bound = bound;
        this.last = entries.getAll();
        this.current = bound.from(last);
    }

    @Override
    public T get() {
        return current;
    }

    @Override
    public String group() {
        return entries.name();
    }

    @Override
    public Registration onChange(Consumer<? super T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public T refresh() {
        read();
        return current;
    }

    @Override
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    // One at a time, so that an older state of the group never replaces a newer one.
    @Override
    public synchronized void read() {
        Map<String, String> now = entries.getAll();
        if (now.equals(last)) {
            return;
        }
        last = now;
        try {
            T next = bound.from(now);
            refusal = null;
            if (!next.equals(current)) {
                current = next;
                listeners.forEach(listener -> call(listener, next));
            }
        } catch (KvSettingsException e) {
            refusal = e.problem();
            log.warn(e.problem() + "; the settings stay as they were. " + e.action());
        }
    }

    private void call(Consumer<? super T> listener, T settings) {
        try {
            listener.accept(settings);
        } catch (RuntimeException e) {
            log.warn("A listener of the settings in group '" + group() + "' failed", e);
        }
    }
}
