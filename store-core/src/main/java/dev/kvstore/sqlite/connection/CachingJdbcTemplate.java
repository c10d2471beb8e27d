package dev.kvstore.sqlite.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * A {@code JdbcTemplate} on one connection that keeps its prepared statements. The methods overridden here are those on
 * which the others with SQL text are built. It has no {@code DataSource}, so nothing can enlist the connection in a
 * transaction of the caller.
 */
final class CachingJdbcTemplate extends JdbcTemplate {

    private final StatementCache statements;
    private final SqliteErrors errors;

    CachingJdbcTemplate(Connection connection, SqliteErrors errors) {
        this.statements = new StatementCache(connection);
        this.errors = errors;
    }

    @Override
    public <T extends @Nullable Object> T query(
            String sql, @Nullable PreparedStatementSetter setter, ResultSetExtractor<T> extractor) {
        return use("query", sql, cached -> {
            setParameters(cached.statement(), setter);
            return extractor.extractData(cached.query());
        });
    }

    @Override
    public int update(String sql, @Nullable PreparedStatementSetter setter) {
        return use("update", sql, cached -> {
            setParameters(cached.statement(), setter);
            return cached.update();
        });
    }

    @Override
    public <T extends @Nullable Object> T execute(String sql, PreparedStatementCallback<T> action) {
        return use("execute", sql, cached -> action.doInPreparedStatement(cached.statement()));
    }

    @Override
    public <T extends @Nullable Object> T query(String sql, ResultSetExtractor<T> extractor) {
        return query(sql, (PreparedStatementSetter) null, extractor);
    }

    @Override
    public int update(String sql) {
        return update(sql, (PreparedStatementSetter) null);
    }

    @Override
    public void execute(String sql) {
        execute(sql, (PreparedStatementCallback<Boolean>) PreparedStatement::execute);
    }

    @Override
    protected DataSource obtainDataSource() {
        throw new UnsupportedOperationException("Only the methods that take the SQL of one statement can be used here");
    }

    private static void setParameters(PreparedStatement statement, @Nullable PreparedStatementSetter setter)
            throws SQLException {
        if (setter != null) {
            setter.setValues(statement);
        }
    }

    private <T extends @Nullable Object> T use(String task, String sql, StatementCache.Use<T> use) {
        try {
            return statements.use(sql, use);
        } catch (SQLException e) {
            throw errors.translate(task, sql, e);
        }
    }
}
