package dev.kvstore.sqlite.table;

import dev.kvstore.Expiry;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.ExpiryTime;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The changes of one transaction, with puts that follow one another in statements of several rows, which take less time
 * than as many statements.
 *
 * @param versions are known to be the store's until the transaction ends
 */
record PutRows(Dialect dialect, Versions versions, Instant now) {

    private static final int ROWS = 16;

    private static final String ROW = "(?, ?, ?, ?, ?)";
    private static final String FOUR_ROWS = ROW + ", " + ROW + ", " + ROW + ", " + ROW;
    private static final String SET_ROWS = "INSERT INTO kv (grp, key, value, expires_at, version) VALUES " + FOUR_ROWS
            + ", " + FOUR_ROWS + ", " + FOUR_ROWS + ", " + FOUR_ROWS + EntryChanges.OR_UPDATE_IN_ROW;

    List<Object> run(JdbcOperations jdbc, List<? extends Change.OfEntry<?>> changes) {
        List<Object> results = new ArrayList<>(changes.size());
        int next = 0;
        while (next < changes.size()) {
            if (beginsRows(changes, next)) {
                setRows(jdbc, changes.subList(next, next + ROWS), results);
                next += ROWS;
            } else {
                results.add(changes.get(next).run(dialect, jdbc));
                next++;
            }
        }
        return results;
    }

    private static boolean beginsRows(List<? extends Change.OfEntry<?>> changes, int first) {
        int end = first + ROWS;
        if (end > changes.size()) {
            return false;
        }
        for (int i = first; i < end; i++) {
            if (!isRow(changes.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRow(Change.OfEntry<?> change) {
        return change instanceof Change.Put put
                && put.condition().kind() == Condition.Kind.ANY
                && !(put.expiry() instanceof Expiry.Keep)
                && put.size() <= EntryChanges.LARGEST_INLINE;
    }

    private void setRows(JdbcOperations jdbc, List<? extends Change.OfEntry<?>> puts, List<Object> results) {
        jdbc.update(SET_ROWS, statement -> {
            int parameter = 1;
            for (Change.OfEntry<?> put : puts) {
                long version = versions.next();
                bind(statement, parameter, (Change.Put) put, version);
                results.add(OptionalLong.of(version));
                parameter += 5;
            }
        });
    }

    private void bind(PreparedStatement statement, int first, Change.Put put, long version) throws SQLException {
        statement.setString(first, put.group());
        statement.setString(first + 1, put.key());
        StoredValue.bind(statement, first + 2, put.value());
        EntryChanges.bindExpiry(statement, first + 3, ExpiryTime.ofNew(put.expiry(), now));
        statement.setLong(first + 4, version);
    }
}
