package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.MovedClock;
import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.SettingNames;
import dev.kvstore.jdbc.JdbcKvStore;
import dev.kvstore.jdbc.Limits;
import dev.kvstore.jdbc.NearCache;
import dev.kvstore.jdbc.StoreOptions;
import dev.kvstore.jdbc.TemplateRenderer;
import dev.kvstore.sqlite.connection.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A purge consists of many transactions; here the clock is set back between two of them. */
@NullUnmarked
class PurgeBesideAClockSetBackTest {

    /** More than the first transaction of a purge removes. */
    private static final int EXPIRED = 20;

    private static final int LIVE = 54;
    private static final Duration TTL = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private final MovedClock clock = new MovedClock();
    private SqliteEngine engine;

    @BeforeEach
    void open() {
        engine = SqliteOpening.open(new SqliteSettings(
                directory.resolve("kvstore.db"),
                Durability.NORMAL,
                Duration.ofSeconds(5),
                2,
                false,
                false,
                SqliteSettings.CHECKPOINT_PAGES,
                clock,
                SettingNames.OF_BUILDER));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void entriesSetAfterwardsStayLive() {
        requireEntriesSetAfterwardsStayLive(null);
    }

    @Test
    void entriesSetAfterwardsStayLiveInAStoreWithANearCache() {
        requireEntriesSetAfterwardsStayLive(new NearCache(DataSize.ofMegabytes(1)));
    }

    private void requireEntriesSetAfterwardsStayLive(@Nullable NearCache cache) {
        BetweenWrites between = new BetweenWrites(engine);
        JdbcKvStore kv = store(between, cache);
        for (int i = 0; i < EXPIRED; i++) {
            kv.set("group", "expired " + i, "value", TTL);
        }
        clock.move(Duration.ofHours(1));

        between.afterNextCommit(() -> {
            clock.move(Duration.ofMinutes(-30));
            for (int i = 0; i < LIVE; i++) {
                kv.set("group", "live " + i, "value", TTL);
                assertThat(kv.get("group", "live " + i)).isPresent();
            }
        });

        assertThat(kv.purgeExpired()).isEqualTo(EXPIRED);
        assertThat(kv.getAll("group")).hasSize(LIVE);
        assertThat(kv.get("group", "live 0")).isPresent();
    }

    private static JdbcKvStore store(Engine engine, @Nullable NearCache cache) {
        TemplateRenderer renderer = TemplateRenderer.with(TemplateSettings.DEFAULTS);
        return new JdbcKvStore(engine, new StoreOptions(Limits.DEFAULTS, cache), renderer) {};
    }

    /** Runs an action after a commit, before the caller starts its next write. */
    private static final class BetweenWrites implements Engine {

        private final Engine engine;
        private Runnable next = () -> {};

        BetweenWrites(Engine engine) {
            this.engine = engine;
        }

        void afterNextCommit(Runnable action) {
            next = action;
        }

        @Override
        public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
            T result = engine.write(change, durability);
            Runnable action = next;
            next = () -> {};
            action.run();
            return result;
        }

        @Override
        public <T extends @Nullable Object> T read(Query<T> query) {
            return engine.read(query);
        }

        @Override
        public void requireNotCommitting() {
            engine.requireNotCommitting();
        }

        @Override
        public void requireOpen() {
            engine.requireOpen();
        }

        @Override
        public Instant now() {
            return engine.now();
        }
    }
}
