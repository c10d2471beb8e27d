package dev.kvstore.reliability.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.ForwardingKvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A group is read as it was at one moment, and deleted at one. A writer sets the keys of a group one after another to the
 * number of its round, and deletes the group in every third: at any moment the first keys are of this round and the rest of
 * the one before, or absent since the deletion.
 */
class SnapshotTest {

    private static final int ROUNDS = Effort.of(100, 10_000);
    private static final int KEYS = 20;
    private static final int READERS = 4;
    private static final String GROUP = "group";

    @TempDir
    Path directory;

    @Test
    void aGroupIsReadAsItWasAtOneMoment() throws Exception {
        try (SqliteKvStore written = open();
                SqliteKvStore other = open()) {
            assertThat(torn(written, List.of(written, other), ROUNDS)).isEmpty();
        }
    }

    @Test
    void aGroupThatIsReadKeyByKeyIsFound() throws Exception {
        try (SqliteKvStore store = open()) {
            assertThat(torn(store, List.of(new KeyByKey(store)), ROUNDS)).isNotEmpty();
        }
    }

    @Test
    void aGroupThatIsDeletedKeyByKeyIsFound() throws Exception {
        try (SqliteKvStore store = open()) {
            assertThat(torn(new KeyByKey(store), List.of(store), ROUNDS)).isNotEmpty();
        }
    }

    private SqliteKvStore open() {
        return SqliteKvStore.open(directory.resolve("kvstore.db"));
    }

    /** A group that was never there but was read; empty when there was none. */
    private static Optional<Map<String, String>> torn(KvStore written, List<? extends KvStore> read, int rounds)
            throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Optional<Map<String, String>>>> readers = IntStream.range(0, READERS)
                    .mapToObj(i -> threads.submit(() -> firstTorn(read.get(i % read.size()), ended)))
                    .toList();
            IntStream.range(0, rounds).takeWhile(i -> !ended.get()).forEach(round -> write(written, round));
            ended.set(true);
            List<Map<String, String>> torn = new ArrayList<>();
            for (Future<Optional<Map<String, String>>> reader : readers) {
                reader.get().ifPresent(torn::add);
            }
            return torn.stream().findFirst();
        } finally {
            ended.set(true);
            threads.shutdown();
        }
    }

    private static void write(KvStore kv, int round) {
        if (round % 3 == 0) {
            kv.deleteGroup(GROUP);
        }
        IntStream.range(0, KEYS).forEach(i -> kv.set(GROUP, key(i), Integer.toString(round)));
    }

    private static Optional<Map<String, String>> firstTorn(KvStore kv, AtomicBoolean ended) {
        while (!ended.get()) {
            Map<String, String> group = kv.getAll(GROUP);
            if (!isOfOneMoment(group)) {
                ended.set(true);
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    private static boolean isOfOneMoment(Map<String, String> group) {
        List<Integer> rounds = group.values().stream().map(Integer::valueOf).toList();
        List<String> firstKeys =
                IntStream.range(0, rounds.size()).mapToObj(SnapshotTest::key).toList();
        if (!List.copyOf(group.keySet()).equals(firstKeys)) {
            return false;
        }
        boolean ordered = IntStream.range(1, rounds.size()).allMatch(i -> rounds.get(i - 1) >= rounds.get(i));
        return ordered && (rounds.isEmpty() || rounds.get(0) - rounds.get(rounds.size() - 1) <= 1);
    }

    private static String key(int i) {
        return "%03d".formatted(i);
    }

    private static final class KeyByKey extends ForwardingKvStore {

        KeyByKey(KvStore kv) {
            super(kv);
        }

        @Override
        public Map<String, String> getAll(String group) {
            Map<String, String> entries = new LinkedHashMap<>();
            IntStream.range(0, KEYS).forEach(i -> kv.get(group, key(i)).ifPresent(value -> entries.put(key(i), value)));
            return entries;
        }

        @Override
        public long deleteGroup(String group) {
            return IntStream.range(0, KEYS)
                    .filter(i -> kv.delete(group, key(i)))
                    .count();
        }
    }
}
