package dev.kvstore.sqlite;

import static dev.kvstore.secrets.Secrets.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvChange;
import dev.kvstore.KvSubscription;
import dev.kvstore.MovedClock;
import dev.kvstore.ReceivedChanges;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.util.unit.DataSize;

/** Subscriptions of several stores to one file. */
class SharedChangesTest {

    private static final KvChange GAP = new KvChange(KvChange.Kind.GAP, "", "", 0);

    @TempDir
    Path directory;

    private final ReceivedChanges received = new ReceivedChanges();
    private Path file;
    private SqliteKvStore kv;
    private SqliteKvStore other;

    @BeforeEach
    void open() {
        file = directory.resolve("kvstore.db");
        kv = SqliteKvStore.open(file);
        other = SqliteKvStore.open(file);
        other.set("group", "before", "value");
        other.delete("group", "before");
    }

    @AfterEach
    void close() {
        kv.close();
        other.close();
    }

    private List<String> query(String sql) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            return foreign.query(sql);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute(sql);
        }
    }

    private void requireNoLog() throws SQLException {
        assertThat(query("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%change%'"))
                .isEmpty();
        assertThat(query("SELECT count(*) FROM kv_change")).containsExactly("0");
        assertThat(query("SELECT count(*) FROM kv_subscriber")).containsExactly("0");
    }

    private KvSubscription subscribeDurably(SqliteKvStore store, ReceivedChanges listener) {
        return store.changes().subscribe("name", Set.of("group"), listener);
    }

    @Test
    void theChangesOfAnotherStoreAreDelivered() throws Exception {
        kv.changes().subscribe(received);

        other.set("group", "a", "value");
        other.delete("group", "a");
        other.set("group", "b", "value");

        assertThat(received.before("b"))
                .extracting(KvChange::kind)
                .containsExactly(KvChange.Kind.SET, KvChange.Kind.DELETED);
    }

    @Test
    void theFirstDeletionOfAStoreGoesByItsOwnClock() throws Exception {
        SqliteKvStore.Builder ofThePast = SqliteKvStore.builder().file(file).clock(new MovedClock());
        try (SqliteKvStore past = ofThePast.build()) {
            past.set("group", "key", "value", Duration.ofMinutes(1));
        }
        kv.changes().subscribe(received);

        try (SqliteKvStore past = ofThePast.build()) {
            past.delete("group", "key");
        }

        assertThat(received.next().kind()).isEqualTo(KvChange.Kind.DELETED);
    }

    @Test
    void theChangesOfAShellAreDelivered() throws Exception {
        kv.changes().subscribe(received);

        execute("INSERT INTO kv (grp, key, value) VALUES ('group', 'key', 'value')");

        assertThat(received.next()).isEqualTo(new KvChange(KvChange.Kind.SET, "group", "key", 1));
    }

    @Test
    void theLogEndsWhenTheLastSubscriptionOrItsStoreIsClosed() throws Exception {
        KvSubscription subscription = kv.changes().subscribe(received);
        other.changes().subscribe(received);
        kv.set("group", "key", "value");
        received.next();
        received.next();

        subscription.close();
        other.close();

        requireNoLog();
    }

    @Test
    void thePurgeEndsALogWhoseSubscribersWereKilled() throws Exception {
        kv.changes().subscribe(received);
        execute("UPDATE kv_subscriber SET name = 'of a killed process', owner = 7");
        kv.set("group", "key", "value");
        kv.close();
        other.purgeExpired();
        assertThat(query("SELECT count(*) FROM kv_change")).containsExactly("1");
        execute("UPDATE kv_subscriber SET seen_at = seen_at - 60000");

        other.purgeExpired();

        requireNoLog();
    }

    @Test
    void aSubscriptionThatWasTakenForDeadReceivesAGap() throws Exception {
        kv.changes().subscribe(received);
        execute("UPDATE kv_subscriber SET seen_at = seen_at - 60000");
        other.purgeExpired();

        assertThat(received.next()).isEqualTo(GAP);
        other.set("group", "key", "value");
        assertThat(received.next().key()).isEqualTo("key");
    }

    @Test
    void aSubscriptionThatIsTooSlowReceivesAGapAndGoesOn() throws Exception {
        SqliteKvStore small = SqliteKvStore.builder()
                .file(file)
                .changesMaxSize(DataSize.ofBytes(1))
                .build();
        subscribeDurably(kv, received).close();
        for (int i = 0; i < 10; i++) {
            kv.set("group", "key " + i, "value");
        }

        small.purgeExpired();
        small.close();
        subscribeDurably(kv, received);

        assertThat(received.next()).isEqualTo(GAP);
        assertThat(received.next().key()).isEqualTo("key 9");
    }

    @Test
    void aSubscriptionThatSleepsLongerThanTheRetentionReceivesAGap() throws Exception {
        subscribeDurably(kv, received).close();
        kv.set("group", "a", "value");
        kv.set("group", "b", "value");
        kv.purgeExpired();
        execute("UPDATE kv_change_mark SET at = at - " + Duration.ofDays(7).toMillis());
        kv.purgeExpired();

        subscribeDurably(kv, received);

        assertThat(received.next()).isEqualTo(GAP);
        assertThat(received.next().key()).isEqualTo("b");
    }

    @Test
    void aDurableSubscriptionGoesOnAfterTheStoreWasOpenedAgain() throws Exception {
        subscribeDurably(kv, received);
        kv.set("group", "a", "value");
        received.next();
        kv.close();
        other.set("group", "b", "value");
        other.close();

        kv = SqliteKvStore.open(file);
        subscribeDurably(kv, received);

        assertThat(received.next().key()).isEqualTo("b");
    }

    @Test
    void oneStoreAtATimeWorksForAName() throws Exception {
        ReceivedChanges ofOther = new ReceivedChanges();
        KvSubscription first = subscribeDurably(kv, received);
        subscribeDurably(other, ofOther);
        kv.set("group", "a", "value");
        received.next();
        first.close();
        kv.set("group", "b", "value");

        assertThat(ofOther.next().key()).isEqualTo("b");
        assertThat(received.isEmpty()).isTrue();
    }

    @Test
    void aNameWhoseProcessWasKilledIsTakenOver() throws Exception {
        subscribeDurably(kv, received).close();
        execute("UPDATE kv_subscriber SET owner = 7, seen_at = CAST(unixepoch('subsec') * 1000 AS INTEGER)");
        subscribeDurably(kv, received);
        other.set("group", "key", "value");
        assertThat(received.isEmpty()).isTrue();

        execute("UPDATE kv_subscriber SET seen_at = seen_at - 30000");

        assertThat(received.next().key()).isEqualTo("key");
    }

    @Test
    void aReadOnlyStoreRefusesToSubscribe() {
        try (SqliteKvStore readOnly =
                SqliteKvStore.builder().file(file).readOnly(true).build()) {
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(() -> readOnly.changes().subscribe(received))
                    .withMessageContaining("read-only");
            assertThat(readOnly.changes().names()).isEmpty();
        }
    }

    @Test
    void aFailureOfAListenerIsLoggedWithoutItsMessage() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            kv.changes().subscribe(change -> {
                received.onChange(change);
                throw new IllegalStateException(VALUE, new IllegalArgumentException(VALUE));
            });
            kv.set("group", "a", "value");
            kv.set("group", "b", "value");
            received.before("b");

            assertThat(log.lines("WARN")).contains("A listener of changes failed; the next change follows");
        }
    }

    @Test
    void aRestoredBackupIsAGap() throws Exception {
        subscribeDurably(kv, received).close();
        Path backup = directory.resolve("backup.db");
        execute("VACUUM INTO '" + backup + "'");
        kv.close();
        other.close();
        Files.move(backup, file, StandardCopyOption.REPLACE_EXISTING);

        kv = SqliteKvStore.open(file);
        subscribeDurably(kv, received);

        assertThat(received.next()).isEqualTo(GAP);
        // Only now: a change before the gap is delivered may be part of it.
        kv.set("group", "key", "value");
        assertThat(received.next().key()).isEqualTo("key");
    }

    @Test
    void theThreadsEndWithTheStore() {
        kv.changes().subscribe(received);
        subscribeDurably(kv, received);
        assertThat(threads()).isNotEmpty();

        kv.close();

        assertThat(threads()).isEmpty();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kvstore-changes-")
                        && !thread.getName().endsWith("keeper"))
                .toList();
    }
}
