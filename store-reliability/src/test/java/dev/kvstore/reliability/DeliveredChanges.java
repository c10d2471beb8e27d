package dev.kvstore.reliability;

import dev.kvstore.KvChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The changes that a durable subscription delivered to many processes. Each process may get the last ones of the
 * processes before it again, in the same order, and then gets new ones. Thread-safe.
 */
final class DeliveredChanges {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final List<KvChange> delivered = new ArrayList<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private boolean processBegins = true;
    private int next;
    private int taken;
    private long repeated;

    /** From now on another process receives. */
    synchronized void processBegins() {
        processBegins = true;
    }

    synchronized void add(KvChange change) {
        if (processBegins) {
            int before = delivered.lastIndexOf(change);
            next = before < 0 ? delivered.size() : before;
            processBegins = false;
        }
        if (next < delivered.size()) {
            repeat(change);
        } else {
            addNew(change);
        }
        next++;
    }

    private void repeat(KvChange change) {
        repeated++;
        if (!change.equals(delivered.get(next))) {
            faults.add(change + " was repeated instead of " + delivered.get(next));
        }
    }

    private void addNew(KvChange change) {
        delivered.add(change);
        if (change.kind() == KvChange.Kind.GAP) {
            faults.add("Some changes were missed");
            return;
        }
        Long before = versions.put(change.group() + "/" + change.key(), change.version());
        if (before != null && before >= change.version()) {
            faults.add(change + " was delivered after version " + before);
        }
        notifyAll();
    }

    /** Waits until any change of an entry was delivered. */
    synchronized void await(String group, String key) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!versions.containsKey(group + "/" + key)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(
                        "No change of '" + group + "/" + key + "' came for a minute, after " + delivered.size());
            }
            wait(left);
        }
    }

    /** Returns those that were delivered since the last call, without repetitions. */
    synchronized List<KvChange> takeNew() {
        List<KvChange> changes = List.copyOf(delivered.subList(taken, delivered.size()));
        taken = delivered.size();
        return changes;
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized int count() {
        return delivered.size();
    }

    synchronized long repeated() {
        return repeated;
    }
}
