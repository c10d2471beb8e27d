package dev.kvstore.contract.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Expiry;
import dev.kvstore.Heavy;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import dev.kvstore.postgresql.EmptySchemas;
import dev.kvstore.postgresql.NeedsPostgres;
import dev.kvstore.postgresql.PostgresKvStore;
import dev.kvstore.postgresql.PostgresServer;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The API moves a store to another engine and back, whatever its texts are. */
@Heavy
@NeedsPostgres
class MovesTest {

    private static final int ENTRIES = 100_000;
    private static final int BATCH = 1_000;
    private static final String[] PIECES = {
        "\0", "\u0001", "\u0002", "a", "Z", "é", "e\u0301", "\uFFFD", "\uFEFF", "🎉", "%", "_", "'", "\\", "\n", " ", ""
    };

    private final Random random = new Random(1);

    @Test
    void aStoreIsTheSameAfterAMoveThereAndBack() {
        String schema = EmptySchemas.take();
        try (SqliteKvStore first = SqliteKvStore.inMemory();
                PostgresKvStore there = PostgresKvStore.builder()
                        .url(EmptySchemas.url())
                        .username(PostgresServer.ADMIN)
                        .schema(schema)
                        .build();
                SqliteKvStore back = SqliteKvStore.inMemory()) {
            fill(first);
            copy(first, there);
            assertSame(first, there);
            copy(there, back);
            assertSame(first, back);
        }
        EmptySchemas.giveBack(schema);
    }

    private void fill(KvStore store) {
        Instant end = Instant.now().plus(Duration.ofDays(1_000));
        KvBatch batch = store.batch();
        for (int i = 0; i < ENTRIES; i++) {
            Expiry expiry = i % 3 == 0 ? Expiry.at(end.plusMillis(i)) : Expiry.never();
            // A thousandth of the keys is longer than an index of PostgreSQL allows.
            String key = i % 1_000 == 0 ? i + text().repeat(1_000) : text() + i;
            batch.set(group(store, "group " + i % 7 + "\0"), key, text(), expiry);
            if (i % BATCH == BATCH - 1) {
                batch.commit();
                batch = store.batch();
            }
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static KvGroup<String> group(KvStore store, String name) {
        return store.group(name);
    }

    private static void copy(KvStore from, KvStore to) {
        from.groups("").forEach(group -> {
            Optional<KvRange> range = Optional.of(KvRange.all().limit(BATCH));
            while (range.isPresent()) {
                var page = from.group(group).page(range.get());
                KvBatch batch = to.batch();
                page.entries()
                        .forEach(entry -> batch.set(
                                to.group(group),
                                entry.key(),
                                entry.value(),
                                entry.expiresAt().map(Expiry::at).orElse(Expiry.never())));
                batch.commit();
                range = page.next();
            }
        });
    }

    private static void assertSame(KvStore expected, KvStore actual) {
        List<String> groups = expected.groups("").toList();
        assertThat(groups).hasSize(7);
        assertThat(actual.groups("")).containsExactlyElementsOf(groups);
        for (String group : groups) {
            Iterator<KvEntry<String>> moved =
                    actual.group(group).entries(KvRange.all()).iterator();
            expected.group(group).entries(KvRange.all()).forEach(entry -> {
                KvEntry<String> other = moved.next();
                assertThat(other.key()).isEqualTo(entry.key());
                assertThat(other.value()).isEqualTo(entry.value());
                assertThat(other.expiresAt()).isEqualTo(entry.expiresAt());
            });
            assertThat(moved.hasNext()).isFalse();
        }
    }
}
