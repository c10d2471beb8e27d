package dev.kvstore.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * A {@code JdbcTemplate} on a borrowed connection. The methods overridden here are those on which the others with SQL
 * text are built. It has no {@code DataSource}, so nothing can enlist the connection in a transaction of the caller,
 * nor apply the caller's timeout: one that cancels a commit would make the loss of a write look like success.
 */
final class ConnectionTemplate extends JdbcTemplate {

    private final Connection connection;
    private final PostgresErrors errors;
    private final PostgresErrors.Use use;

    ConnectionTemplate(Connection connection, PostgresErrors errors, PostgresErrors.Use use) {
        this.connection = connection;
        this.errors = errors;
        this.use = use;
    }

    @Override
    public <T extends @Nullable Object> T query(
            String sql, @Nullable PreparedStatementSetter setter, ResultSetExtractor<T> extractor) {
        return use(sql, statement -> {
            setParameters(statement, setter);
            try (ResultSet rows = statement.executeQuery()) {
                return extractor.extractData(rows);
            }
        });
    }

    @Override
    public int update(String sql, @Nullable PreparedStatementSetter setter) {
        return use(sql, statement -> {
            setParameters(statement, setter);
            return statement.executeUpdate();
        });
    }

    @Override
    public <T extends @Nullable Object> T execute(String sql, PreparedStatementCallback<T> action) {
        return use(sql, action);
    }

    private <T extends @Nullable Object> T use(String sql, PreparedStatementCallback<T> action) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            T result = action.doInPreparedStatement(statement);
            if (use != PostgresErrors.Use.READ) {
                errors.requireNone(statement.getWarnings());
            }
            return result;
        } catch (SQLException e) {
            throw errors.translate(use, sql, e, isLost());
        }
    }

    private boolean isLost() {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
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
}
