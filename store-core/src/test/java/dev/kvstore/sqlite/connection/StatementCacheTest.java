package dev.kvstore.sqlite.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.sqlite.Foreign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements are cached, and a cached statement behaves like a new one. */
class StatementCacheTest {

    private static final String QUERY = "SELECT a FROM t WHERE a >= ? ORDER BY a";
    private static final String INSERT = "INSERT INTO t VALUES (?)";

    @TempDir
    Path directory;

    private Connection connection;
    private StatementCache cache;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("t.db"));
        cache = new StatementCache(connection);
        execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
        execute("INSERT INTO t VALUES (1), (2), (3)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aStatementIsReusedForTheSameSql() throws SQLException {
        PreparedStatement first = statementOf(QUERY);

        assertThat(statementOf(QUERY)).isSameAs(first);
        assertThat(statementOf("SELECT 1")).isNotSameAs(first);
    }

    @Test
    void aStatementInUseIsNotUsedTwice() throws SQLException {
        cache.use(QUERY, outer -> {
            ResultSet outerRows = from(1, outer);
            outerRows.next();
            PreparedStatement nested = cache.use(QUERY, inner -> {
                ResultSet innerRows = from(3, inner);
                innerRows.next();
                outerRows.next();
                assertThat(outerRows.getInt(1)).isEqualTo(2);
                assertThat(innerRows.getInt(1)).isEqualTo(3);
                return inner.statement();
            });
            assertThat(nested).isNotSameAs(outer.statement());
            assertThat(nested.isClosed()).isTrue();
            assertThat(outerRows.next()).isTrue();
            return null;
        });
    }

    @Test
    void aStatementIsReusedAfterANestedUse() throws SQLException {
        PreparedStatement outer = cache.use(QUERY, cached -> {
            statementOf(QUERY);
            return cached.statement();
        });

        assertThat(statementOf(QUERY)).isSameAs(outer);
    }

    @Test
    void parametersAreClearedBeforeReuse() throws SQLException {
        assertThat(cache.<Boolean>use(QUERY, cached -> from(1, cached).next())).isTrue();

        // An unbound parameter is NULL, and a comparison with NULL is never true.
        assertThat(cache.<Boolean>use(QUERY, cached -> cached.query().next())).isFalse();
    }

    @Test
    void aPartlyReadResultDoesNotBlockACheckpoint() throws Exception {
        execute("PRAGMA journal_mode = WAL");
        assertThat(cache.<Boolean>use(QUERY, cached -> from(1, cached).next())).isTrue();

        assertNoReaderBlocksACheckpoint();
    }

    @Test
    void aResultThatNobodyAskedForDoesNotBlockACheckpoint() throws Exception {
        execute("PRAGMA journal_mode = WAL");
        execute("SELECT a FROM t");

        assertNoReaderBlocksACheckpoint();
    }

    @Test
    void theResultOfAnOperationThatFailsDoesNotBlockACheckpoint() throws Exception {
        execute("PRAGMA journal_mode = WAL");
        assertThatIllegalStateException()
                .isThrownBy(() -> cache.use(QUERY, cached -> {
                    assertThat(from(1, cached).next()).isTrue();
                    throw new IllegalStateException("of the operation");
                }));

        assertNoReaderBlocksACheckpoint();
    }

    private void assertNoReaderBlocksACheckpoint() throws Exception {
        try (Foreign foreign = Foreign.open(directory.resolve("t.db"))) {
            foreign.execute("INSERT INTO t VALUES (4)");
            foreign.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        assertThat(Files.size(directory.resolve("t.db-wal"))).isZero();
    }

    @Test
    void aFailedStatementIsClosedAndPreparedAgain() throws SQLException {
        PreparedStatement failing = statementOf(INSERT);
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> insert(1));

        assertThat(failing.isClosed()).isTrue();
        assertThat(insert(5)).isEqualTo(1);
        assertThat(statementOf(INSERT)).isNotSameAs(failing).isSameAs(statementOf(INSERT));
    }

    @Test
    void aStatementThatCannotBeResetIsPreparedAgainAndItsOperationHasSucceeded() throws SQLException {
        PreparedStatement closed = cache.use(INSERT, cached -> {
            cached.statement().setInt(1, 4);
            cached.statement().executeUpdate();
            cached.statement().close();
            return cached.statement();
        });

        assertThat(insert(5)).isEqualTo(1);
        assertThat(statementOf(INSERT)).isNotSameAs(closed);
    }

    private PreparedStatement statementOf(String sql) throws SQLException {
        return cache.use(sql, StatementCache.Cached::statement);
    }

    private void execute(String sql) throws SQLException {
        cache.use(sql, cached -> cached.statement().execute());
    }

    private int insert(int a) throws SQLException {
        return cache.use(INSERT, cached -> {
            cached.statement().setInt(1, a);
            return cached.statement().executeUpdate();
        });
    }

    private static ResultSet from(int a, StatementCache.Cached cached) throws SQLException {
        cached.statement().setInt(1, a);
        return cached.query();
    }
}
