package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvChange;
import dev.kvstore.engine.FeedPosition;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads the log of changes, and when there is one. */
class SubscribersTest {

    @TempDir
    Path directory;

    private Path file;
    private SqliteKvStore kv;
    private Feed feed;

    @BeforeEach
    void open() {
        file = directory.resolve("kvstore.db");
        kv = SqliteKvStore.open(file);
        feed = Feed.open(file);
    }

    @AfterEach
    void close() {
        feed.close();
        kv.close();
    }

    private List<String> query(String sql) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            return foreign.query(sql);
        }
    }

    private List<String> triggers() throws SQLException {
        return query("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%change%'");
    }

    private void age(String name) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("UPDATE kv_subscriber SET seen_at = seen_at - 60000 WHERE name = '" + name + "'");
        }
    }

    @Test
    void nothingIsLoggedUntilSomebodySubscribes() throws Exception {
        kv.set("group", "key", "value");
        kv.delete("group", "key");

        assertThat(triggers()).isEmpty();
        assertThat(query("SELECT count(*) FROM kv_change")).containsExactly("0");
        assertThat(feed.isLogged()).isFalse();
    }

    @Test
    void theLogEndsWithTheLastSubscription() throws Exception {
        feed.subscribe("a", false);
        feed.subscribe("b", false);
        kv.set("group", "key", "value");

        feed.unsubscribe("a");
        assertThat(triggers()).hasSize(3);
        feed.unsubscribe("b");

        assertThat(triggers()).isEmpty();
        assertThat(feed.isLogged()).isTrue();
        assertThat(feed.trim()).isOne();
        assertThat(feed.isLogged()).isFalse();
        assertThat(query("SELECT count(*) FROM kv_change_mark")).containsExactly("0");
    }

    @Test
    void aDurableSubscriptionKeepsTheLogUntilItIsForgotten() throws Exception {
        FeedPosition start = feed.subscribe("durable", true);
        assertThat(feed.unsubscribe("durable")).isTrue();
        kv.set("group", "key", "value");

        assertThat(triggers()).hasSize(3);
        assertThat(feed.subscribe("durable", true)).isEqualTo(start);
        assertThat(feed.changesAfter(start)).hasSize(1);

        assertThat(feed.forget("durable")).isEmpty();
        feed.unsubscribe("durable");
        assertThat(feed.forget("durable")).contains(true);
        assertThat(feed.forget("durable")).contains(false);
        assertThat(triggers()).isEmpty();
    }

    @Test
    void aDurableSubscriptionGoesOnWhereItGot() {
        FeedPosition start = feed.subscribe("durable", true);
        kv.set("group", "a", "value");
        FeedPosition position = feed.after(start).end();
        kv.set("group", "b", "value");

        assertThat(feed.advance("durable", position)).isTrue();
        feed.unsubscribe("durable");

        assertThat(feed.changesAfter(feed.subscribe("durable", true)))
                .extracting(KvChange::key)
                .containsExactly("b");
    }

    @Test
    void oneOwnerAtATimeHasADurableSubscription() throws Exception {
        FeedPosition start = feed.subscribe("durable", true);
        try (Feed other = Feed.open(file, 2)) {
            assertThat(other.trySubscribe("durable", true)).isEmpty();
            assertThat(other.advance("durable", start)).isFalse();
            assertThat(other.unsubscribe("durable")).isFalse();

            feed.unsubscribe("durable");

            assertThat(other.trySubscribe("durable", true)).isPresent();
            assertThat(feed.advance("durable", start)).isFalse();
            assertThat(feed.trySubscribe("durable", true)).isEmpty();
        }
    }

    @Test
    void anOwnerThatIsNotSeenForAMinuteLosesADurableSubscription() throws Exception {
        FeedPosition start = feed.subscribe("durable", true);
        age("durable");
        try (Feed other = Feed.open(file, 2)) {
            assertThat(other.subscribe("durable", true)).isEqualTo(start);
        }
        assertThat(feed.advance("durable", start)).isFalse();
    }

    @Test
    void aPassingSubscriptionWhoseOwnerIsNotSeenIsRemoved() throws Exception {
        feed.subscribe("durable", true);
        feed.subscribe("passing", false);
        FeedPosition seen = feed.subscribe("seen", false);
        age("durable");
        age("passing");
        age("seen");
        feed.advance("seen", seen);

        feed.trim();

        assertThat(query("SELECT name FROM kv_subscriber ORDER BY name")).containsExactly("durable", "seen");
    }

    @Test
    void theLogEndsWithTheLastSubscriptionWhoseOwnerIsNotSeen() throws Exception {
        feed.subscribe("passing", false);
        kv.set("group", "key", "value");
        age("passing");

        assertThat(feed.trim()).isOne();

        assertThat(triggers()).isEmpty();
        assertThat(feed.isLogged()).isFalse();
    }

    @Test
    void anotherLogIsAGap() {
        FeedPosition start = feed.subscribe("a", false);
        kv.set("group", "key", "value");
        feed.unsubscribe("a");
        feed.trim();
        FeedPosition again = feed.subscribe("b", false);
        kv.set("group", "key", "value");

        assertThat(feed.after(start).isGap()).isTrue();
        assertThat(feed.after(start).end()).isEqualTo(new FeedPosition(again.feed(), 1));
        assertThat(feed.after(again).isGap()).isFalse();
        assertThat(feed.changesAfter(again)).hasSize(1);
    }

    @Test
    void aSubscriptionThatWasRemovedThoughItsOwnerLivesGoesOnWhereItGot() {
        FeedPosition start = feed.subscribe("a", false);
        feed.subscribe("b", false);
        kv.set("group", "key", "value");
        feed.unsubscribe("a");

        assertThat(feed.advance("a", start)).isFalse();
        assertThat(feed.subscribeAfter("a", start)).isEqualTo(start);
    }

    @Test
    void theNamesAreThoseOfDurableSubscriptionsInTheOrderOfTheirBytes() {
        feed.subscribe("passing", false);
        for (String name : List.of("\uFFFD", "b", "", "\uD83C\uDF0D", "B")) {
            feed.subscribe(name, true);
        }

        assertThat(feed.names()).containsExactly("", "B", "b", "\uFFFD", "\uD83C\uDF0D");
    }
}
