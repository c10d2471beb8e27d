package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.MovedClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/**
 * A store with a near cache answers from memory, is never stale, and opens its file exclusively. To show that an answer
 * comes from memory, the tests change the file through another connection of this process; other processes cannot.
 */
class NearCachedFileTest {

    private final MovedClock clock = new MovedClock();

    @TempDir
    Path directory;

    private Path file;
    private SqliteKvStore kv;

    @BeforeEach
    void open() {
        file = directory.resolve("kvstore.db");
        kv = builder().nearCache(DataSize.ofMegabytes(1)).build();
    }

    @AfterEach
    void close() {
        kv.close();
    }

    private SqliteKvStore.Builder builder() {
        return SqliteKvStore.builder().file(file).clock(clock).busyTimeout(Duration.ofMillis(10));
    }

    private void executeOutsideTheStore(String sql) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute(sql);
        }
    }

    @Test
    void aRepeatedReadIsAnsweredFromMemory() throws Exception {
        kv.set("group", "key", "value");
        kv.get("group", "key");
        executeOutsideTheStore("UPDATE kv SET value = 'changed'");

        assertThat(kv.get("group", "key")).contains("value");
        assertThat(kv.require("group", "key")).isEqualTo("value");
    }

    @Test
    void anAbsentEntryIsAnsweredFromMemory() throws Exception {
        kv.get("group", "key");
        executeOutsideTheStore("INSERT INTO kv (grp, key, value) VALUES ('group', 'key', 'changed')");

        assertThat(kv.get("group", "key")).isEmpty();

        kv.set("group", "key", "value");
        assertThat(kv.get("group", "key")).contains("value");
    }

    @Test
    void aClosedStoreAnswersNothingFromMemory() {
        kv.set("group", "key", "value");
        kv.get("group", "key");
        kv.get("group", "absent");

        kv.close();

        for (String key : List.of("key", "absent")) {
            assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> kv.get("group", key));
        }
    }

    @Test
    void aReadAfterASetOrDeleteReturnsTheNewState() {
        for (String value : List.of("one", "two")) {
            kv.set("group", "key", value);
            assertThat(kv.get("group", "key")).contains(value);
        }

        kv.delete("group", "key");
        assertThat(kv.get("group", "key")).isEmpty();
    }

    @Test
    void deletingAGroupEvictsItsEntriesAndNoOthers() throws Exception {
        kv.set("group", "key", "value");
        kv.set("other", "key", "value");
        kv.get("group", "key");
        kv.get("other", "key");
        executeOutsideTheStore("UPDATE kv SET value = 'changed'");

        kv.deleteGroup("group");

        assertThat(kv.get("group", "key")).isEmpty();
        assertThat(kv.get("other", "key")).contains("value");
    }

    @Test
    void anEntryExpiresInMemoryAsWell() {
        kv.set("group", "key", "value", Duration.ofSeconds(2));
        assertThat(kv.get("group", "key")).contains("value");

        clock.move(Duration.ofSeconds(3));
        assertThat(kv.get("group", "key")).isEmpty();

        // The row exists until it is purged.
        clock.move(Duration.ofSeconds(-3));
        assertThat(kv.get("group", "key")).contains("value");
    }

    @Test
    void aPurgedEntryStaysAbsentWhenTheClockIsSetBack() {
        kv.set("group", "key", "value", Duration.ofSeconds(2));
        kv.get("group", "key");
        clock.move(Duration.ofSeconds(3));
        kv.purgeExpired();
        clock.move(Duration.ofSeconds(-3));

        assertThat(kv.get("group", "key")).isEmpty();
    }

    @Test
    void aRefusedSetChangesNothing() {
        kv.close();
        kv = builder()
                .nearCache(DataSize.ofMegabytes(1))
                .maxValueSize(DataSize.ofBytes(10))
                .build();
        kv.set("group", "key", "value");
        kv.get("group", "key");

        assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> kv.set("group", "key", "much too long"));

        assertThat(kv.get("group", "key")).contains("value");
    }

    @Test
    void theNearCacheStaysWithinItsSize() throws Exception {
        kv.close();
        kv = builder().nearCache(DataSize.ofKilobytes(100)).build();
        String value = "v".repeat(10_000);
        for (int i = 0; i < 100; i++) {
            kv.set("group", "key " + i, value);
            kv.get("group", "key " + i);
        }
        executeOutsideTheStore("UPDATE kv_large SET value = 'changed'");

        int inMemory = 0;
        for (int i = 0; i < 100; i++) {
            inMemory += kv.require("group", "key " + i).equals(value) ? 1 : 0;
        }
        assertThat(inMemory).isBetween(1, 10);
    }

    @Tag("slow")
    @Test
    void noOtherProcessCanOpenTheFile() throws Exception {
        kv.set("group", "key", "value");

        try (ChildProcess other = ChildProcess.start(Opener.class, List.of(), file)) {
            assertThat(other.awaitLine("refused")).contains("LOCKED").contains("near cache");
            other.awaitEnd();
        }
        kv.close();
        try (ChildProcess other = ChildProcess.start(Opener.class, List.of(), file)) {
            other.awaitLine("opened");
            assertThatExceptionOfType(KvOpenException.class)
                    .isThrownBy(
                            () -> builder().nearCache(DataSize.ofMegabytes(1)).build())
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
            other.proceed();
            other.awaitEnd();
        }
    }

    /** The second process: opens the file, and closes it when the test lets it proceed. */
    static final class Opener {

        public static void main(String[] arguments) throws Exception {
            SqliteKvStore.Builder builder =
                    SqliteKvStore.builder().file(Path.of(arguments[0])).busyTimeout(Duration.ofMillis(10));
            try (SqliteKvStore kv = builder.build()) {
                System.out.println("opened " + kv.count("group"));
                System.in.read();
            } catch (KvOpenException e) {
                System.out.println("refused " + e.reason() + " " + e.getMessage());
            }
        }
    }

    @Test
    void noOtherStoreOfThisProcessCanOpenTheFile() {
        requireRefused(builder());
        requireRefused(builder().readOnly(true));
        requireRefused(builder().nearCache(DataSize.ofMegabytes(1)));

        kv.close();
        kv = builder().build();
        requireRefused(builder().nearCache(DataSize.ofMegabytes(1)));
        builder().build().close();

        kv.close();
        builder().nearCache(DataSize.ofMegabytes(1)).build().close();
    }

    private static void requireRefused(SqliteKvStore.Builder other) {
        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(other::build)
                .withMessageContaining("another store of this process")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
    }

    @Test
    void aStoreInMemoryOrAReadOnlyStoreCanHaveANearCache() {
        kv.set("group", "key", "value");
        kv.close();

        try (SqliteKvStore readOnly =
                builder().readOnly(true).nearCache(DataSize.ofMegabytes(1)).build()) {
            assertThat(readOnly.get("group", "key")).contains("value");
        }
        try (SqliteKvStore memory = SqliteKvStore.builder()
                .inMemory()
                .nearCache(DataSize.ofMegabytes(1))
                .build()) {
            memory.set("group", "key", "value");
            assertThat(memory.get("group", "key")).contains("value");
        }
    }

    @Test
    void theSizeOfANearCacheMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().nearCache(DataSize.ofBytes(0)))
                .withMessageContaining("at least 1B");
    }
}
