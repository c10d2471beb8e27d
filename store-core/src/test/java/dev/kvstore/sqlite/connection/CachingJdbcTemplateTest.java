package dev.kvstore.sqlite.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.StatementCallback;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The methods with SQL text work, with cached statements and outside of any transaction; the others refuse. */
class CachingJdbcTemplateTest {

    private static final String ALL = "SELECT a FROM t ORDER BY a";
    private static final String FROM = "SELECT a FROM t WHERE a >= ? ORDER BY a";
    private static final String INSERT = "INSERT INTO t VALUES (?)";
    private static final RowMapper<Integer> NUMBER = (row, index) -> row.getInt(1);
    private static final ResultSetExtractor<Boolean> HAS_ROWS = ResultSet::next;
    private static final PreparedStatementCallback<PreparedStatement> THE_STATEMENT = statement -> statement;

    private Connection connection;
    private JdbcOperations jdbc;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        jdbc = new CachingJdbcTemplate(connection, new SqliteErrors("test"));
        jdbc.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
        jdbc.update("INSERT INTO t VALUES (1), (2), (3)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void queriesReturnTheirRowsWhateverTheirForm() {
        requireRowsOfAllForms();
    }

    private void requireRowsOfAllForms() {
        List<Integer> handled = new ArrayList<>();
        jdbc.query(FROM, statement -> statement.setInt(1, 2), (RowCallbackHandler) row -> handled.add(row.getInt(1)));

        assertThat(handled).containsExactly(2, 3);
        assertThat(jdbc.query(FROM, NUMBER, 3)).containsExactly(3);
        assertThat(jdbc.query(ALL, NUMBER)).containsExactly(1, 2, 3);
        assertThat(jdbc.query(FROM, statement -> statement.setInt(1, 4), HAS_ROWS))
                .isFalse();
        assertThat(jdbc.queryForObject("SELECT count(*) FROM t", Long.class)).isEqualTo(3);
        assertThat(jdbc.queryForObject("SELECT max(a) FROM t WHERE a < ?", Integer.class, 3))
                .isEqualTo(2);
        assertThat(jdbc.queryForList(FROM, Integer.class, 2)).containsExactly(2, 3);
    }

    @Test
    void updatesReturnTheirCountsWhateverTheirForm() {
        requireCountsOfAllForms();
    }

    private void requireCountsOfAllForms() {
        assertThat(jdbc.update("DELETE FROM t")).isEqualTo(3);
        assertThat(jdbc.update(INSERT, 1)).isEqualTo(1);
        assertThat(jdbc.update(INSERT, statement -> statement.setInt(1, 2))).isEqualTo(1);
        assertThat(jdbc.batchUpdate(INSERT, List.of(new Object[] {3}, new Object[] {4})))
                .containsExactly(1, 1);
        assertThat(jdbc.query(ALL, NUMBER)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void allFormsUseTheCachedStatement() {
        PreparedStatement select = jdbc.execute(FROM, THE_STATEMENT);
        PreparedStatement insert = jdbc.execute(INSERT, THE_STATEMENT);

        jdbc.query(FROM, it -> assertThat(it).isSameAs(select), HAS_ROWS);
        jdbc.update(INSERT, it -> {
            assertThat(it).isSameAs(insert);
            it.setInt(1, 4);
        });
        assertThat(jdbc.execute(INSERT, THE_STATEMENT)).isSameAs(insert);
    }

    @Test
    void errorsOfAllFormsAreTranslated() {
        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> jdbc.update(INSERT, 1));
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> jdbc.execute(INSERT, (PreparedStatementCallback<Boolean>) statement -> {
                    statement.setInt(1, 1);
                    return statement.execute();
                }));
        assertThatExceptionOfType(BadSqlGrammarException.class).isThrownBy(() -> jdbc.query("SELEKT", NUMBER));
        assertThatExceptionOfType(BadSqlGrammarException.class).isThrownBy(() -> jdbc.execute("SELEKT"));
    }

    @Test
    void nothingIsEnlistedInATransactionOfTheCaller() throws SQLException {
        inATransaction(() -> {
            requireRowsOfAllForms();
            requireCountsOfAllForms();
        });
    }

    static Stream<Consumer<JdbcOperations>> formsThatWouldEnlist() {
        return Stream.of(
                jdbc -> jdbc.execute((ConnectionCallback<Boolean>) Connection::isClosed),
                jdbc -> jdbc.execute((StatementCallback<Boolean>) statement -> true),
                jdbc -> jdbc.batchUpdate("DELETE FROM t", "DELETE FROM t"),
                jdbc -> jdbc.update(it -> it.prepareStatement("DELETE FROM t")),
                jdbc -> jdbc.queryForStream(ALL, NUMBER),
                jdbc -> jdbc.queryForStream(FROM, NUMBER, 1));
    }

    @ParameterizedTest
    @MethodSource
    void formsThatWouldEnlist(Consumer<JdbcOperations> form) throws SQLException {
        inATransaction(() -> {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> form.accept(jdbc));
            assertThat(jdbc.query(ALL, NUMBER)).containsExactly(1, 2, 3);
        });
    }

    private static void inATransaction(Runnable action) throws SQLException {
        try (SingleConnectionDataSource host =
                new SingleConnectionDataSource(DriverManager.getConnection("jdbc:sqlite::memory:"), true)) {
            new TransactionTemplate(new DataSourceTransactionManager(host)).executeWithoutResult(status -> {
                var resources = TransactionSynchronizationManager.getResourceMap();

                action.run();

                assertThat(TransactionSynchronizationManager.getResourceMap()).isEqualTo(resources);
                assertThat(TransactionSynchronizationManager.getSynchronizations())
                        .isEmpty();
            });
        }
    }
}
