package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.text.TemplateSettings;
import dev.kvstore.text.TextRenderer;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A purge is many short transactions, between which other writes pass. */
@NullUnmarked
class PurgeChunksTest {

    private static final KvSql SQL = new KvSql(
            "",
            "",
            "",
            "",
            0,
            "",
            "",
            (jdbc, group, now) -> Map.of(),
            "",
            "DELETE FROM kv WHERE expires_at <= ? LIMIT ?");

    @Test
    void noWriteOfAPurgeRemovesMoreThan500Rows() {
        try (SingleConnectionDataSource memory = new SingleConnectionDataSource("jdbc:sqlite::memory:", true)) {
            JdbcTemplate jdbc = new JdbcTemplate(memory);
            jdbc.execute("CREATE TABLE kv (expires_at INTEGER)");
            jdbc.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                    + " INSERT INTO kv SELECT 1 FROM n");
            CountingEngine engine = new CountingEngine(jdbc);

            assertThat(new Store(engine).purgeExpired()).isEqualTo(2_000);

            assertThat(engine.largest).isLessThanOrEqualTo(500);
            assertThat(engine.writes).isGreaterThanOrEqualTo(5);
        }
    }

    private static final class Store extends JdbcKvStore {

        Store(Engine engine) {
            super(
                    engine,
                    SQL,
                    Limits.DEFAULTS,
                    InstantSource.system(),
                    new TextRenderer(TemplateSettings.DEFAULTS),
                    null);
        }
    }

    private static final class CountingEngine implements Engine {

        private final JdbcTemplate jdbc;
        private int writes;
        private int largest;

        CountingEngine(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public <T> T read(Function<JdbcOperations, T> operation) {
            return operation.apply(jdbc);
        }

        @Override
        public <T> T write(Function<JdbcOperations, T> operation) {
            T result = operation.apply(jdbc);
            writes++;
            largest = Math.max(largest, (Integer) result);
            return result;
        }

        @Override
        public <T> T transact(Function<JdbcOperations, T> operation) {
            return operation.apply(jdbc);
        }
    }
}
