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

    private record Name(String group, String key) {}

    private record Entry(String value, @Nullable Instant expiresAt) {

        boolean livesAt(Instant now) {
            return expiresAt == null || expiresAt.isAfter(now);
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
            case SET -> entries.put(name, new Entry(operation.value(), operation.expiresAt()));
            case DELETE -> entries.remove(name);
            case DELETE_GROUP ->
                entries.keySet().removeIf(other -> other.group().equals(operation.group()));
            case PURGE -> entries.values().removeIf(entry -> !entry.livesAt(operation.now()));
        }
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
