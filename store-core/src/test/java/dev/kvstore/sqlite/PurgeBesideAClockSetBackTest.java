package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.MovedClock;
import dev.kvstore.jdbc.Engine;
import dev.kvstore.jdbc.JdbcKvStore;
import dev.kvstore.jdbc.Limits;
import dev.kvstore.jdbc.NearCache;
import dev.kvstore.text.TemplateSettings;
import dev.kvstore.text.TextRenderer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.util.unit.DataSize;

/** A purge is many transactions; the clock is set back between two of them. */
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
                directory.resolve("kvstore.db"), Durability.NORMAL, Duration.ofSeconds(5), 2, false, false));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whatIsSetAfterThatLives() {
        requireThatWhatIsSetAfterThatLives(null);
    }

    @Test
    void whatIsSetAfterThatLivesInAStoreWithANearCache() {
        requireThatWhatIsSetAfterThatLives(new NearCache(DataSize.ofMegabytes(1)));
    }

    private void requireThatWhatIsSetAfterThatLives(@Nullable NearCache cache) {
        BetweenWrites between = new BetweenWrites(engine);
        JdbcKvStore kv = store(between, cache);
        for (int i = 0; i < EXPIRED; i++) {
            kv.set("group", "expired " + i, "value", TTL);
        }
        clock.move(Duration.ofHours(1));

        between.afterTheNext(() -> {
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

    private JdbcKvStore store(Engine engine, @Nullable NearCache cache) {
        TextRenderer renderer = new TextRenderer(TemplateSettings.DEFAULTS);
        return new JdbcKvStore(engine, SqliteSql.STATEMENTS, Limits.DEFAULTS, clock, renderer, cache) {};
    }

    /** Does something once a write is committed, before the caller makes the next one. */
    private static final class BetweenWrites implements Engine {

        private final Engine engine;
        private Runnable next = () -> {};

        BetweenWrites(Engine engine) {
            this.engine = engine;
        }

        void afterTheNext(Runnable action) {
            next = action;
        }

        @Override
        public <T extends @Nullable Object> T write(Function<JdbcOperations, T> operation) {
            T result = engine.write(operation);
            Runnable action = next;
            next = () -> {};
            action.run();
            return result;
        }

        @Override
        public <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
            return engine.read(operation);
        }

        @Override
        public <T extends @Nullable Object> T transact(Function<JdbcOperations, T> operation) {
            return engine.transact(operation);
        }
    }
}
