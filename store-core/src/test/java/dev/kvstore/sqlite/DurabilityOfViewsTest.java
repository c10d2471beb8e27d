package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.SettingNames;
import dev.kvstore.jdbc.JdbcKvStore;
import dev.kvstore.jdbc.Limits;
import dev.kvstore.jdbc.StoreOptions;
import dev.kvstore.jdbc.TemplateRenderer;
import dev.kvstore.sqlite.connection.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each write reaches the engine with the durability of the view that it was made by. */
class DurabilityOfViewsTest {

    private final List<Durability> written = new ArrayList<>();
    private SqliteEngine engine;
    private JdbcKvStore kv;
    private KvGroup<String> full;
    private KvGroup<String> normal;

    @BeforeEach
    void open(@TempDir Path directory) {
        engine = SqliteOpening.open(new SqliteSettings(
                directory.resolve("kvstore.db"),
                Durability.FULL,
                Duration.ofSeconds(5),
                2,
                false,
                false,
                SqliteSettings.CHECKPOINT_PAGES,
                InstantSource.system(),
                SettingNames.OF_BUILDER));
        TemplateRenderer renderer = TemplateRenderer.with(TemplateSettings.DEFAULTS);
        kv = new JdbcKvStore(new Recording(), new StoreOptions(Limits.DEFAULTS, null), renderer) {};
        full = kv.group("group");
        normal = full.durability(Durability.NORMAL);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private List<Durability> writtenBy(Runnable writes) {
        written.clear();
        writes.run();
        return List.copyOf(written);
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                write("set", group -> group.set("key", "1")),
                write("set with ttl", group -> group.set("key", "1", Duration.ofDays(1))),
                write("setAll", group -> group.setAll(Map.of("key", "1"))),
                write("setIfAbsent", group -> group.setIfAbsent("key", "1")),
                write("getOrSet", group -> group.getOrSet("key", "1", Expiry.never())),
                write("setIfPresent", group -> group.setIfPresent("key", "1")),
                write("compareAndSet", group -> group.compareAndSet("new", 0, "1", Expiry.never())),
                write("compareAndDelete", group -> group.compareAndDelete("key", 1)),
                write("getAndSet", group -> group.getAndSet("key", "1", Expiry.never())),
                write("getAndDelete", group -> group.getAndDelete("key")),
                write("getAndExpire", group -> group.getAndExpire("key", Expiry.after(Duration.ofDays(1)))),
                write("expire", group -> group.expire("key", Expiry.after(Duration.ofDays(1)))),
                write("increment", group -> group.increment("key", 1)),
                write("update", group -> group.update("key", Expiry.never(), before -> Optional.of("2"))),
                write("update that deletes", group -> group.update("key", Expiry.never(), before -> Optional.empty())),
                write("getOrCompute", group -> group.getOrCompute("new", Expiry.never(), () -> "1")),
                write("delete", group -> group.delete("key")),
                write("deleteAll of keys", group -> group.deleteAll(List.of("key"))),
                write("deleteAll of a range", group -> group.deleteAll(KvRange.all())),
                write("clear", KvGroup::clear),
                write("map", group -> group.asMap().merge("key", "1", String::concat)),
                write(
                        "entry of the map",
                        group -> group.asMap().entrySet().iterator().next().setValue("2")));
    }

    private static Arguments write(String name, Consumer<KvGroup<String>> write) {
        return Arguments.of(name, write);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void aWriteIsAsDurableAsItsView(String name, Consumer<KvGroup<String>> write) {
        full.set("key", "1");
        assertThat(writtenBy(() -> write.accept(normal))).containsExactly(Durability.NORMAL);

        full.clear();
        full.set("key", "1");
        assertThat(writtenBy(() -> write.accept(full))).containsExactly(Durability.FULL);
        full.clear();
        full.set("key", "1");
        assertThat(writtenBy(() -> write.accept(normal.durability(Durability.FULL))))
                .containsExactly(Durability.FULL);
    }

    @Test
    void aBatchIsAsDurableAsTheMostDurableGroupThatItWritesTo() {
        KvGroup<Long> counters = kv.group("counters", Long.class);
        KvGroup<Long> normalCounters = counters.durability(Durability.NORMAL);

        assertThat(writtenBy(kv.batch().set(normal, "key", "1").increment(normalCounters, "key", 1)::commit))
                .containsExactly(Durability.NORMAL);
        assertThat(writtenBy(kv.batch().set(normal, "key", "1").increment(counters, "key", 1)::commit))
                .containsExactly(Durability.FULL);
        assertThat(writtenBy(kv.batch().delete(full, "key").increment(normalCounters, "key", 1)::commit))
                .containsExactly(Durability.FULL);
        assertThat(writtenBy(kv.batch().set(full, "key", "1").set(normal, "key", "2")::commit))
                .containsExactly(Durability.FULL);
    }

    @Test
    void aPurgeIsDurable() {
        assertThat(writtenBy(kv::purgeExpired)).isNotEmpty().containsOnly(Durability.FULL);
    }

    /** Notes the durability of each write. */
    private final class Recording implements Engine {

        @Override
        public <T extends @Nullable Object> T read(Query<T> query) {
            return engine.read(query);
        }

        @Override
        public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
            written.add(durability);
            return engine.write(change, durability);
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
