package dev.kvstore.sqlite.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

    @TempDir
    Path directory;

    private Connection connection;
    private Connection cached;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("t.db"));
        cached = StatementCache.over(connection);
        try (PreparedStatement statement = cached.prepareStatement("CREATE TABLE t (a INTEGER PRIMARY KEY)")) {
            statement.execute();
        }
        try (PreparedStatement statement = cached.prepareStatement("INSERT INTO t VALUES (1), (2), (3)")) {
            statement.execute();
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aClosedStatementIsReusedForTheSameSql() throws SQLException {
        PreparedStatement first = cached.prepareStatement(QUERY);
        first.close();

        assertThat(cached.prepareStatement(QUERY)).isSameAs(first);
        assertThat(cached.prepareStatement("SELECT 1")).isNotSameAs(first);
    }

    @Test
    void aStatementInUseIsNotHandedOutTwice() throws SQLException {
        try (PreparedStatement outer = cached.prepareStatement(QUERY);
                PreparedStatement inner = cached.prepareStatement(QUERY)) {
            outer.setInt(1, 1);
            inner.setInt(1, 3);
            try (ResultSet outerRows = outer.executeQuery();
                    ResultSet innerRows = inner.executeQuery()) {
                outerRows.next();
                innerRows.next();
                outerRows.next();
                assertThat(outerRows.getInt(1)).isEqualTo(2);
                assertThat(innerRows.getInt(1)).isEqualTo(3);
            }
        }
    }

    @Test
    void parametersAreClearedBeforeReuse() throws SQLException {
        try (PreparedStatement statement = cached.prepareStatement(QUERY)) {
            statement.setInt(1, 1);
            assertThat(statement.executeQuery().next()).isTrue();
        }

        // An unbound parameter is NULL, and a comparison with NULL is never true.
        try (PreparedStatement statement = cached.prepareStatement(QUERY)) {
            assertThat(statement.executeQuery().next()).isFalse();
        }
    }

    @Test
    void aPartlyReadResultDoesNotBlockACheckpoint() throws Exception {
        try (PreparedStatement statement = cached.prepareStatement("PRAGMA journal_mode = WAL")) {
            statement.execute();
        }
        try (PreparedStatement statement = cached.prepareStatement(QUERY)) {
            statement.setInt(1, 1);
            assertThat(statement.executeQuery().next()).isTrue();
        }

        try (Foreign foreign = Foreign.open(directory.resolve("t.db"))) {
            foreign.execute("INSERT INTO t VALUES (4)");
            foreign.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        assertThat(Files.size(directory.resolve("t.db-wal"))).isZero();
    }

    @Test
    void aFailedStatementIsPreparedAgain() throws SQLException {
        String insert = "INSERT INTO t VALUES (?)";
        PreparedStatement failing = cached.prepareStatement(insert);
        failing.setInt(1, 1);
        assertThatExceptionOfType(SQLException.class).isThrownBy(failing::executeUpdate);
        failing.close();

        try (PreparedStatement statement = cached.prepareStatement(insert)) {
            assertThat(statement).isNotSameAs(failing);
            statement.setInt(1, 5);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void closingTheCachingConnectionLeavesTheOriginalOpen() throws SQLException {
        cached.close();

        assertThat(connection.isClosed()).isFalse();
    }
}
