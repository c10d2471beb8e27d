package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.SettingNames;
import dev.kvstore.engine.Value;
import dev.kvstore.jdbc.JdbcKvStore;
import dev.kvstore.jdbc.Limits;
import dev.kvstore.jdbc.StoreOptions;
import dev.kvstore.jdbc.TemplateRenderer;
import dev.kvstore.sqlite.connection.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** No loader runs on a thread that is committing, for itself or others, whatever calls the store there. */
class ComputingWhileCommittingTest {

    @TempDir
    Path directory;

    @Test
    void aThreadThatCommitsToAFileIsRefused() {
        requireRefusal(directory.resolve("kvstore.db"));
    }

    @Test
    void aThreadThatWritesToMemoryIsRefused() {
        requireRefusal(null);
    }

    private static void requireRefusal(@Nullable Path file) {
        try (SqliteEngine engine = SqliteOpening.open(new SqliteSettings(
                file,
                Durability.NORMAL,
                Duration.ofSeconds(5),
                2,
                false,
                false,
                SqliteSettings.CHECKPOINT_PAGES,
                InstantSource.system(),
                SettingNames.OF_BUILDER))) {
            TemplateRenderer renderer = TemplateRenderer.with(TemplateSettings.DEFAULTS);
            KvGroup<String> group =
                    new JdbcKvStore(engine, new StoreOptions(Limits.DEFAULTS, null), renderer) {}.group("group");
            Computing changes = new Computing(group);

            engine.write(new Change.AllOrNothing(List.of(), changes), Durability.FULL);

            assertThat(changes.failures)
                    .isNotEmpty()
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(InvalidDataAccessApiUsageException.class));
            assertThat(group.keys(KvRange.all())).containsExactly("key");
        }
    }

    /** One change. Whoever reads it, which is the thread that executes it, computes a value. */
    private static final class Computing extends AbstractList<Change.Put> {

        private final List<Throwable> failures = new ArrayList<>();
        private final KvGroup<String> group;

        Computing(KvGroup<String> group) {
            this.group = group;
        }

        @Override
        public Change.Put get(int index) {
            try {
                group.getOrCompute("computed", Expiry.never(), () -> {
                    throw new AssertionError("must not load");
                });
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
            return new Change.Put("group", "key", new Value.Text("value"), 5, Expiry.never(), Condition.ANY);
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
