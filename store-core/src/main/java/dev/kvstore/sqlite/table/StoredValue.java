package dev.kvstore.sqlite.table;

import dev.kvstore.engine.StoredText;
import dev.kvstore.engine.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Values in columns and parameters: text as TEXT, bytes as BLOB. */
final class StoredValue {

    private StoredValue() {}

    /** Reads a value; null if the column is. */
    static @Nullable Value read(ResultSet row, int column, String group, String key) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof byte[] bytes) {
            return new Value.Bytes(bytes);
        }
        return value == null ? null : new Value.Text(StoredText.checked((String) value, row, column, group, key));
    }

    static void bind(PreparedStatement statement, int parameter, Value value) throws SQLException {
        if (value instanceof Value.Text text) {
            statement.setString(parameter, text.text());
        } else if (value instanceof Value.Bytes bytes) {
            statement.setBytes(parameter, bytes.bytes());
        }
    }
}
