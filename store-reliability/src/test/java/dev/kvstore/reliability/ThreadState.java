package dev.kvstore.reliability;

import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A model of the entries of one crash-test thread after some number of its operations. */
final class ThreadState {

    /** What became of an entry. */
    enum Change {
        SET,
        SET_TO_EXPIRE,
        DELETED
    }

    private record Name(String group, String key) {

        String printed() {
            return group + "/" + key;
        }
    }

    private record Entry(String value, @Nullable Instant expiresAt) {

        boolean livesAt(Instant now) {
            return expiresAt == null || expiresAt.isAfter(now);
        }

        Entry plusOne() {
            return new Entry(Long.toString(Long.parseLong(value) + 1), expiresAt);
        }
    }

    /** The content of a file for one thread: all its rows, and the live ones. */
    record Found(Map<String, Map<String, String>> rows, Map<String, Map<String, String>> live) {

        static Found in(KvStore kv, MovedClock clock, int thread) {
            return new Found(at(CrashOperation.PAST, kv, clock, thread), at(CrashOperation.PRESENT, kv, clock, thread));
        }

        private static Map<String, Map<String, String>> at(Instant now, KvStore kv, MovedClock clock, int thread) {
            clock.set(now);
            return IntStream.range(0, CrashOperation.groups())
                    .mapToObj(number -> CrashOperation.group(thread, number))
                    .collect(Collectors.toMap(group -> group, kv::getAll));
        }
    }

    private final Map<Name, Entry> entries;

    ThreadState() {
        this(new HashMap<>());
    }

    private ThreadState(Map<Name, Entry> entries) {
        this.entries = entries;
    }

    ThreadState copy() {
        return new ThreadState(new HashMap<>(entries));
    }

    void apply(CrashOperation operation) {
        Name name = new Name(operation.group(), operation.key());
        switch (operation.kind()) {
            case SET, COMPARE_AND_SET, GET_AND_SET -> set(name, operation);
            case SET_IF_ABSENT, GET_OR_COMPUTE -> {
                if (!isLive(name)) {
                    set(name, operation);
                }
            }
            case SET_IF_PRESENT -> {
                if (isLive(name)) {
                    set(name, operation);
                }
            }
            case UPDATE -> {
                if (isLive(name)) {
                    entries.remove(name);
                } else {
                    set(name, operation);
                }
            }
            case EXPIRE -> {
                if (isLive(name)) {
                    entries.computeIfPresent(name, (same, old) -> new Entry(old.value(), operation.expiresAt()));
                }
            }
            case SET_ALL -> {
                for (int i = 0; i < CrashOperation.LENGTH_OF_MANY; i++) {
                    entries.put(
                            new Name(operation.group(), CrashOperation.MANY + i), new Entry(operation.mark(), null));
                }
            }
            case INCREMENT -> increment(name);
            case BATCH -> applyBatch(operation);
            case INCREMENT_SHARED, REFUSED_BATCH -> {}
            case DELETE -> entries.remove(name);
            case COMPARE_AND_DELETE, GET_AND_DELETE -> removeLive(name);
            case DELETE_RANGE ->
                entries.keySet()
                        .removeIf(other -> other.group().equals(operation.group())
                                && other.key().startsWith(CrashOperation.MANY));
            case DELETE_GROUP ->
                entries.keySet().removeIf(other -> other.group().equals(operation.group()));
            case PURGE -> entries.values().removeIf(entry -> !entry.livesAt(operation.now()));
        }
    }

    private void set(Name name, CrashOperation operation) {
        entries.put(name, new Entry(operation.value(), operation.expiresAt()));
    }

    private void applyBatch(CrashOperation operation) {
        entries.put(new Name(operation.group(), operation.key()), new Entry(operation.value(), null));
        entries.put(
                new Name(CrashOperation.group(operation.thread(), 1), operation.key()),
                new Entry(operation.mark(), operation.expiresAt()));
        removeLive(new Name(operation.group(), operation.other()));
        increment(new Name(CrashOperation.groupOfBatches(operation.thread()), CrashOperation.COUNTER));
    }

    private void increment(Name counter) {
        entries.merge(counter, new Entry("1", null), (old, one) -> old.plusOne());
    }

    // Whether the row of an expired entry is removed as well is left open.
    private void removeLive(Name name) {
        if (isLive(name)) {
            entries.remove(name);
        }
    }

    private boolean isLive(Name name) {
        Entry entry = entries.get(name);
        return entry != null && entry.livesAt(CrashOperation.PRESENT);
    }

    /** What has changed up to a later state, by the names of the entries; without rows removed after their expiry. */
    Map<String, Change> changesTo(ThreadState later) {
        Map<String, Change> changes = new HashMap<>();
        later.entries.forEach((name, entry) -> {
            if (!entry.equals(entries.get(name))) {
                changes.put(name.printed(), entry.livesAt(CrashOperation.PRESENT) ? Change.SET : Change.SET_TO_EXPIRE);
            }
        });
        entries.forEach((name, entry) -> {
            if (entry.livesAt(CrashOperation.PRESENT) && !later.entries.containsKey(name)) {
                changes.put(name.printed(), Change.DELETED);
            }
        });
        return changes;
    }

    /** Whether the live entries match, and each expired entry matches or was purged, possibly by another thread. */
    boolean matches(Found found) {
        long live = entries.values().stream()
                .filter(entry -> entry.livesAt(CrashOperation.PRESENT))
                .count();
        return live == size(found.live()) && areHere(found.live()) && areHere(found.rows());
    }

    private static int size(Map<String, Map<String, String>> groups) {
        return groups.values().stream().mapToInt(Map::size).sum();
    }

    private boolean areHere(Map<String, Map<String, String>> groups) {
        return groups.entrySet().stream()
                .allMatch(group -> group.getValue().entrySet().stream().allMatch(row -> {
                    Entry entry = entries.get(new Name(group.getKey(), row.getKey()));
                    return entry != null && entry.value().equals(row.getValue());
                }));
    }

    /** Whether each live entry expires at its exact millisecond, or never. */
    boolean expiresAsIn(KvStore kv, MovedClock clock) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().livesAt(CrashOperation.PRESENT))
                .allMatch(entry -> expiresAsIn(kv, clock, entry.getKey(), entry.getValue()));
    }

    private static boolean expiresAsIn(KvStore kv, MovedClock clock, Name name, Entry entry) {
        Instant end =
                Objects.requireNonNullElse(entry.expiresAt(), CrashOperation.PRESENT.plus(Duration.ofDays(36_500)));
        clock.set(end);
        boolean thereAtTheEnd = kv.get(name.group(), name.key()).isPresent();
        clock.set(end.minusMillis(1));
        boolean thereBefore = kv.get(name.group(), name.key()).isPresent();
        return thereBefore && thereAtTheEnd == (entry.expiresAt() == null);
    }
}
