package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvChange;
import dev.kvstore.engine.FeedPosition;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes the log keeps. */
class LogTrimmingTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final long SIZE = 1 << 20;
    private static final int ALL = 10_000;

    @TempDir
    Path directory;

    private Path file;
    private SqliteKvStore kv;
    private Feed feed;
    private FeedPosition start;

    @BeforeEach
    void open() {
        file = directory.resolve("kvstore.db");
        kv = SqliteKvStore.open(file);
        feed = Feed.open(file);
        start = feed.subscribe("a", true);
    }

    @AfterEach
    void close() {
        feed.close();
        kv.close();
    }

    private void change(int times) {
        for (int i = 0; i < times; i++) {
            kv.set("group", "key " + i, "value");
        }
    }

    private void advance(String name, long position) {
        feed.advance(name, new FeedPosition(start.feed(), position));
    }

    private void age(Duration by) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("UPDATE kv_change_mark SET at = at - " + by.toMillis());
        }
    }

    @Test
    void whatAllSubscribersWereToldIsRemoved() {
        feed.subscribe("b", true);
        change(10);
        advance("a", 5);
        advance("b", 3);

        assertThat(feed.trim(WEEK, SIZE, ALL)).isEqualTo(3);

        assertThat(feed.changesAfter(new FeedPosition(start.feed(), 3))).hasSize(7);
        assertThat(feed.after(start).isGap()).isTrue();
        assertThat(feed.after(start).end().position()).isEqualTo(3);
    }

    @Test
    void aLimitEndsATrimEarlier() {
        change(10);
        advance("a", 10);

        assertThat(feed.trim(WEEK, SIZE, 4)).isEqualTo(4);
        assertThat(feed.trim(WEEK, SIZE, 4)).isEqualTo(4);
        assertThat(feed.trim(WEEK, SIZE, 4)).isOne();
        assertThat(feed.trim(WEEK, SIZE, 4)).isZero();
    }

    @Test
    void theLastChangeStaysSoThatPositionsGoOn() {
        change(10);
        advance("a", 10);
        feed.trim(WEEK, SIZE, ALL);
        change(1);

        FeedPosition position = new FeedPosition(start.feed(), 10);
        assertThat(feed.after(position).isGap()).isFalse();
        assertThat(feed.after(position).end().position()).isEqualTo(11);
    }

    @Test
    void aChangeOlderThanTheRetentionIsRemovedThoughItWasNotReceived() throws Exception {
        change(10);
        assertThat(feed.trim(WEEK, SIZE, ALL)).isZero();
        age(WEEK.dividedBy(2));
        change(10);
        assertThat(feed.trim(WEEK, SIZE, ALL)).isZero();
        age(WEEK.dividedBy(2));

        assertThat(feed.trim(WEEK, SIZE, ALL)).isEqualTo(10);

        assertThat(feed.after(start).isGap()).isTrue();
        assertThat(feed.changesAfter(feed.after(start).end())).hasSize(10);
    }

    @Test
    void anEndlessRetentionRemovesNothing() throws Exception {
        change(10);
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(feed.trim(endless, SIZE, ALL)).isZero();
        age(Duration.ofDays(20_000));

        assertThat(feed.trim(endless, SIZE, ALL)).isZero();
    }

    @Test
    void marksAreFew() throws Exception {
        for (int i = 0; i < 200; i++) {
            change(1);
            feed.trim(WEEK, SIZE, ALL);
            age(WEEK.dividedBy(200));
        }

        try (Foreign foreign = Foreign.open(file)) {
            assertThat(Integer.parseInt(
                            foreign.query("SELECT count(*) FROM kv_change_mark").get(0)))
                    .isBetween(20, 70);
        }
    }

    @Test
    void aChangeBeyondTheSizeIsRemovedThoughItWasNotReceived() throws Exception {
        change(1_000);
        kv.set("group", "k".repeat(50_000), "value");

        feed.trim(WEEK, 20_000, ALL);

        try (Foreign foreign = Foreign.open(file)) {
            long rows = Long.parseLong(
                    foreign.query("SELECT count(*) FROM kv_change").get(0));
            assertThat(rows).isBetween(10L, 700L);
        }
        assertThat(feed.after(start).isGap()).isTrue();
    }

    @Test
    void aSizeThatIsTooSmallKeepsTheLastChange() {
        change(10);

        feed.trim(WEEK, 1, ALL);

        assertThat(feed.changesAfter(feed.after(start).end()))
                .extracting(KvChange::key)
                .containsExactly("key 9");
    }

    @Test
    void nothingOfALogThatEndedConcernsTheNext() throws Exception {
        change(10);
        feed.trim(WEEK, SIZE, ALL);
        feed.unsubscribe("a");
        feed.forget("a");
        age(WEEK);
        feed.trim(WEEK, SIZE, 4);
        start = feed.subscribe("a", true);
        change(10);

        feed.trim(WEEK, SIZE, ALL);

        assertThat(feed.changesAfter(start)).hasSize(10);
        assertThat(start.position()).isEqualTo(10);
    }

    @Test
    void theNextLogBeginsAnewWhenTheOneBeforeIsGone() throws Exception {
        change(10);
        feed.trim(WEEK, SIZE, ALL);
        feed.unsubscribe("a");
        feed.forget("a");
        age(WEEK);
        feed.trim(WEEK, SIZE, ALL);
        start = feed.subscribe("a", true);
        change(10);

        assertThat(feed.trim(WEEK, SIZE, ALL)).isZero();

        assertThat(feed.changesAfter(start)).hasSize(10);
        assertThat(start.position()).isZero();
    }
}
