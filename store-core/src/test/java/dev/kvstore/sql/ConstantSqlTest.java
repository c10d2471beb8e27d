package dev.kvstore.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcOperations;

/** SQL consists of constants and {@code ?}, so that no text of a user can become part of a statement. */
class ConstantSqlTest {

    /** A {@code JdbcTemplate} itself, whose callers are checked. */
    private static final Set<String> FORWARDERS = Set.of("CachingJdbcTemplate");

    @Test
    void theStoreUsesOnlyConstantsAsSql() {
        CompiledClasses store = CompiledClasses.besides(KvStore.class);

        assertThat(store.names())
                .contains("dev/kvstore/sqlite/connection/Transactions", "dev/kvstore/sqlite/table/SqliteDialect");
        assertThat(store.otherThanConstantsAsSql(FORWARDERS)).isEmpty();
    }

    static Stream<Class<?>> planted() {
        return Stream.of(PlantedSql.Calls.class, PlantedSql.Ways.class)
                .flatMap(kind -> Stream.of(kind.getDeclaredClasses()));
    }

    @ParameterizedTest
    @MethodSource("planted")
    void sqlThatIsNotConstantIsFound(Class<?> planted) {
        assertThat(CompiledClasses.of(planted).otherThanConstantsAsSql(FORWARDERS))
                .isNotEmpty()
                .allMatch(finding -> finding.startsWith(planted.getName().replace('.', '/')));
    }

    @Test
    void sqlPassedThroughAnInterfaceIsFound() {
        CompiledClasses both = CompiledClasses.of(
                ThroughAnInterface.Runner.class, ThroughAnInterface.Running.class, ThroughAnInterface.Caller.class);

        assertThat(both.otherThanConstantsAsSql(FORWARDERS))
                .singleElement()
                .asString()
                .contains("Caller.run");
    }

    @Test
    void constantsAreAllowedHoweverTheyArePassed() {
        assertThat(CompiledClasses.of(Constants.class).otherThanConstantsAsSql(FORWARDERS))
                .isEmpty();
    }

    static final class Constants {
        private static final String TABLE = "kv";
        private static final String DELETE = "DELETE FROM " + TABLE + " WHERE key = ?";
        private static final String[] ALL = {"DELETE FROM kv", "VACUUM"};

        void run(JdbcOperations jdbc, Statement statement, String key, boolean all) throws SQLException {
            jdbc.update(DELETE, key);
            jdbc.batchUpdate(DELETE, TABLE);
            for (String sqlOfAll : ALL) {
                jdbc.execute(sqlOfAll);
            }
            String chosen = all ? "DELETE FROM kv" : DELETE;
            Runnable later = () -> execute(jdbc, chosen);
            later.run();
            statement.execute("COMMIT");
        }

        private static void execute(JdbcOperations jdbc, String sql) {
            jdbc.execute(sql);
        }
    }
}
