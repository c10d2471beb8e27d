package dev.kvstore.sqlite;

import static dev.kvstore.secrets.Secrets.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvChange;
import dev.kvstore.KvSubscription;
import dev.kvstore.ToldChanges;
import java.nio.file.Path;
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

    private final ToldChanges told = new ToldChanges();
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

    private KvSubscription subscribeDurably(SqliteKvStore store, ToldChanges listener) {
        return store.changes().subscribe("name", Set.of("group"), listener);
    }

    @Test
    void theChangesOfAnotherStoreAreTold() throws Exception {
        kv.changes().subscribe(told);

        other.set("group", "a", "value");
        other.delete("group", "a");
        other.set("group", "b", "value");

        assertThat(told.before("b"))
                .extracting(KvChange::kind)
                .containsExactly(KvChange.Kind.SET, KvChange.Kind.DELETED);
    }

    @Test
    void theChangesOfAShellAreTold() throws Exception {
        kv.changes().subscribe(told);

        execute("INSERT INTO kv (grp, key, value) VALUES ('group', 'key', 'value')");

        assertThat(told.next()).isEqualTo(new KvChange(KvChange.Kind.SET, "group", "key", 1));
    }

    @Test
    void theLogEndsWhenTheLastSubscriptionOrItsStoreIsClosed() throws Exception {
        KvSubscription subscription = kv.changes().subscribe(told);
        other.changes().subscribe(told);
        kv.set("group", "key", "value");
        told.next();
        told.next();

        subscription.close();
        other.close();

        requireNoLog();
    }

    @Test
    void thePurgeEndsALogWhoseSubscribersWereKilled() throws Exception {
        kv.changes().subscribe(told);
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
    void aSubscriptionThatWasTakenForDeadIsToldOfAGap() throws Exception {
        kv.changes().subscribe(told);
        execute("UPDATE kv_subscriber SET seen_at = seen_at - 60000");
        other.purgeExpired();

        assertThat(told.next()).isEqualTo(GAP);
        other.set("group", "key", "value");
        assertThat(told.next().key()).isEqualTo("key");
    }

    @Test
    void aSubscriptionThatIsTooSlowIsToldOfAGapAndGoesOn() throws Exception {
        SqliteKvStore small = SqliteKvStore.builder()
                .file(file)
                .changesMaxSize(DataSize.ofBytes(1))
                .build();
        subscribeDurably(kv, told).close();
        for (int i = 0; i < 10; i++) {
            kv.set("group", "key " + i, "value");
        }

        small.purgeExpired();
        small.close();
        subscribeDurably(kv, told);

        assertThat(told.next()).isEqualTo(GAP);
        assertThat(told.next().key()).isEqualTo("key 9");
    }

    @Test
    void aSubscriptionThatSleepsLongerThanTheRetentionIsToldOfAGap() throws Exception {
        subscribeDurably(kv, told).close();
        kv.set("group", "a", "value");
        kv.set("group", "b", "value");
        kv.purgeExpired();
        execute("UPDATE kv_change_mark SET at = at - " + Duration.ofDays(7).toMillis());
        kv.purgeExpired();

        subscribeDurably(kv, told);

        assertThat(told.next()).isEqualTo(GAP);
        assertThat(told.next().key()).isEqualTo("b");
    }

    @Test
    void aDurableSubscriptionGoesOnAfterTheStoreWasOpenedAgain() throws Exception {
        subscribeDurably(kv, told);
        kv.set("group", "a", "value");
        told.next();
        kv.close();
        other.set("group", "b", "value");
        other.close();

        kv = SqliteKvStore.open(file);
        subscribeDurably(kv, told);

        assertThat(told.next().key()).isEqualTo("b");
    }

    @Test
    void oneStoreAtATimeWorksForAName() throws Exception {
        ToldChanges ofOther = new ToldChanges();
        KvSubscription first = subscribeDurably(kv, told);
        subscribeDurably(other, ofOther);
        kv.set("group", "a", "value");
        told.next();
        first.close();
        kv.set("group", "b", "value");

        assertThat(ofOther.next().key()).isEqualTo("b");
        assertThat(told.isEmpty()).isTrue();
    }

    @Test
    void aNameWhoseProcessWasKilledIsTakenOver() throws Exception {
        subscribeDurably(kv, told).close();
        execute("UPDATE kv_subscriber SET owner = 7, seen_at = CAST(unixepoch('subsec') * 1000 AS INTEGER)");
        subscribeDurably(kv, told);
        other.set("group", "key", "value");
        assertThat(told.isEmpty()).isTrue();

        execute("UPDATE kv_subscriber SET seen_at = seen_at - 30000");

        assertThat(told.next().key()).isEqualTo("key");
    }

    @Test
    void aReadOnlyStoreRefusesToSubscribe() {
        try (SqliteKvStore readOnly =
                SqliteKvStore.builder().file(file).readOnly(true).build()) {
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(() -> readOnly.changes().subscribe(told))
                    .withMessageContaining("read-only");
            assertThat(readOnly.changes().names()).isEmpty();
        }
    }

    @Test
    void aFailureOfAListenerIsLoggedWithoutItsMessage() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            kv.changes().subscribe(change -> {
                told.onChange(change);
                throw new IllegalStateException(VALUE, new IllegalArgumentException(VALUE));
            });
            kv.set("group", "a", "value");
            kv.set("group", "b", "value");
            told.before("b");

            assertThat(log.lines("WARN")).contains("A listener of changes failed; the next change follows");
        }
    }

    @Test
    void theThreadsEndWithTheStore() {
        kv.changes().subscribe(told);
        subscribeDurably(kv, told);
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
