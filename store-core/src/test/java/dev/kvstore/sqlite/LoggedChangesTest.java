package dev.kvstore.sqlite;

import static dev.kvstore.KvChange.Kind.DELETED;
import static dev.kvstore.KvChange.Kind.EXPIRED;
import static dev.kvstore.KvChange.Kind.SET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Expiry;
import dev.kvstore.KvChange;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.MovedClock;
import dev.kvstore.engine.FeedPosition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log contains. The store has used its statements before the log begins. */
class LoggedChangesTest {

    private static final String LARGE = "x".repeat(600);

    @TempDir
    Path directory;

    private final MovedClock clock = new MovedClock();
    private Path file;
    private SqliteKvStore kv;
    private KvGroup<String> group;
    private Feed feed;
    private FeedPosition start;

    @BeforeEach
    void openAndSubscribe() {
        file = directory.resolve("kvstore.db");
        kv = SqliteKvStore.builder()
                .file(file)
                .clock(clock)
                .applicationName("a")
                .build();
        group = kv.group("group");
        group.set("before", "value");
        group.delete("before");
        feed = Feed.open(file);
        start = feed.subscribe("passing", false);
    }

    @AfterEach
    void close() {
        feed.close();
        kv.close();
    }

    private List<KvChange> changes() {
        return feed.changesAfter(start);
    }

    private long version(String key) {
        return group.entry(key).map(KvEntry::version).orElseThrow();
    }

    private KvChange set(String key) {
        return new KvChange(SET, "group", key, version(key));
    }

    @Test
    void eachWriteIsLoggedWithItsVersion() {
        for (String value : List.of("small", LARGE, LARGE + "y", "small again")) {
            group.set("key", value);
            assertThat(changes()).endsWith(set("key"));
        }
        group.setIfAbsent("counter", "1");
        KvChange absent = set("counter");
        group.increment("counter", 1);
        KvChange incremented = set("counter");
        group.expire("counter", Expiry.after(Duration.ofDays(1)));

        assertThat(changes()).hasSize(7).endsWith(absent, incremented, set("counter"));
    }

    @Test
    void aWriteThatChangesNothingIsNotLogged() {
        group.set("key", "value");

        group.setIfAbsent("key", "other");
        group.compareAndSet("key", 1, "other", Expiry.never());
        group.compareAndDelete("key", 1);
        group.delete("absent");
        group.deleteAll(KvRange.prefix("absent"));
        kv.deleteGroup("absent");
        kv.purgeExpired();

        assertThat(changes()).containsExactly(set("key"));
    }

    @Test
    void aDeletionHasANewVersion() {
        group.set("key", "value");
        group.set("large", LARGE);
        long last = version("large");

        group.delete("key");
        group.getAndDelete("large");

        List<KvChange> deletions = changes().subList(2, 4);
        assertThat(deletions).extracting(KvChange::kind).containsOnly(DELETED);
        assertThat(deletions).extracting(KvChange::key).containsExactly("key", "large");
        assertThat(deletions.get(0).version()).isGreaterThan(last);
        assertThat(deletions.get(1).version()).isGreaterThan(deletions.get(0).version());

        group.set("key", "value");
        assertThat(version("key")).isGreaterThan(deletions.get(1).version());
    }

    @Test
    void eachWayToDeleteIsLogged() {
        group.setAll(Map.of("a", "1", "b", "1", "c", "1", "d", "1", "e", "1", "f", "1"));

        group.delete("a");
        group.compareAndDelete("b", version("b"));
        group.deleteAll(List.of("c"));
        group.deleteAll(KvRange.all().before("e"));
        kv.batch().delete(group, "e").commit();
        kv.deleteGroup("group");

        assertThat(changes().subList(6, 12)).extracting(KvChange::kind).containsOnly(DELETED);
        assertThat(changes().subList(6, 12)).extracting(KvChange::key).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(changes()).hasSize(12);
    }

    @Test
    void anExpiredRowIsLoggedWhenItIsRemovedByTheStoresClock() {
        for (String key : List.of("purged", "deleted", "cleared", "replaced")) {
            group.set(key, "value", Duration.ofDays(1));
        }
        clock.move(Duration.ofDays(2));
        group.set("replaced", "value");
        group.delete("deleted");
        group.set("purged later", "value", Duration.ofDays(1));

        assertThat(changes().subList(4, 7)).extracting(KvChange::kind).containsExactly(SET, EXPIRED, SET);

        group.delete("cleared");
        kv.purgeExpired();

        assertThat(changes().subList(7, 9)).extracting(KvChange::kind).containsExactly(EXPIRED, EXPIRED);
        assertThat(changes().subList(7, 9)).extracting(KvChange::key).containsExactly("cleared", "purged");
        assertThat(changes()).hasSize(9);
    }

    @Test
    void theFirstPurgeOfAStoreThatKnowsNothingOfTheLogTellsExpiryByItsClock() {
        feed.unsubscribe("passing");
        group.set("key", "value", Duration.ofDays(1));
        clock.move(Duration.ofDays(2));
        start = feed.subscribe("passing", false);

        kv.purgeExpired();

        assertThat(changes()).extracting(KvChange::kind).containsExactly(EXPIRED);
    }

    @Test
    void theFirstDeletionOfAStoreThatKnowsNothingOfTheLogIsLogged() {
        group.set("key", "value");
        KvChange set = set("key");
        feed.unsubscribe("passing");
        start = feed.subscribe("passing", false);

        group.delete("key");

        assertThat(changes()).singleElement().satisfies(deletion -> {
            assertThat(deletion.kind()).isEqualTo(DELETED);
            assertThat(deletion.version()).isGreaterThan(set.version());
        });
        group.set("key", "value");
        assertThat(version("key")).isGreaterThan(changes().get(0).version());
    }

    @Test
    void aShellMayDeleteAndEachDeletionGetsANewVersion() throws Exception {
        group.set("key", "value");
        group.set("expired", "value", Duration.ofDays(1));
        try (Foreign shell = Foreign.open(file)) {
            shell.execute("UPDATE kv SET expires_at = 1 WHERE key = 'expired'");
            shell.execute("DELETE FROM kv");
        }

        List<KvChange> deletions = changes().subList(3, 5);
        assertThat(deletions).extracting(KvChange::key).containsExactly("expired", "key");
        assertThat(deletions).extracting(KvChange::kind).containsExactly(EXPIRED, DELETED);
        group.set("key", "value");
        assertThat(changes().subList(3, 6))
                .extracting(KvChange::version)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theGroupsOfTheStoreItselfAreNotLogged() {
        SqliteKvStore.builder().file(file).applicationName("b").build().close();
        kv.set("", "key", "value");

        assertThat(changes()).extracting(KvChange::group).containsExactly("");
    }

    @Test
    void onlyTheGroupsThatWereAskedForAreRead() {
        kv.set("a", "key", "value");
        kv.set("b", "key", "value");
        kv.set("c", "key", "value");

        assertThat(feed.changesAfter(start, "a", "c"))
                .extracting(KvChange::group)
                .containsExactly("a", "c");
        assertThat(feed.after(start, "a").end()).isEqualTo(feed.after(start).end());
    }

    @Test
    void anEntryThatNoMethodCanNameIsSkipped() throws Exception {
        try (Foreign shell = Foreign.open(file)) {
            shell.execute("INSERT INTO kv VALUES (CAST(x'80' AS TEXT), 'key', 'value', NULL, NULL, 7)");
            shell.execute("INSERT INTO kv VALUES ('group', CAST(x'80' AS TEXT), 'value', NULL, NULL, 7)");
        }
        group.set("key", "value");

        assertThat(changes()).containsExactly(set("key"));
    }

    @Test
    void manyLongNamesAreReadInParts() {
        String long1 = "k".repeat(60_000);
        for (int i = 0; i < 40; i++) {
            group.set(long1 + i, "value");
        }

        assertThat(changes()).hasSizeBetween(10, 20);
    }
}
