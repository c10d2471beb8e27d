package dev.kvstore.postgresql;

import dev.kvstore.KvLimitException;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an entry holds, in the columns {@code value} and {@code bytes}, one of which is NULL. */
final class StoredValue {

    /** The longest value that the database stores, and that fits in one message with the names of its entry. */
    private static final long LONGEST = (1L << 30) - (8L << 20);

    private StoredValue() {}

    /**
     * Refuses text that is too long when it is escaped. Its length itself is within the limit of the store.
     *
     * @throws KvLimitException if the value cannot be stored
     */
    static void requireStorable(Change.Put put) {
        if (put.value() instanceof Value.Text text && !isStorable(put.size(), text.text())) {
            throw new KvLimitException(
                    "The value of '" + Names.printable(put.group()) + "/" + Names.printable(put.key())
                            + "' is longer than the database can store: U+0000 and U+0001 take two bytes each");
        }
    }

    static boolean isStorable(long size, String text) {
        return 2 * size <= LONGEST || size + EscapedText.escapes(text) <= LONGEST;
    }

    static @Nullable String text(Value value) {
        return value instanceof Value.Text text ? EscapedText.of(text.text()) : null;
    }

    static byte @Nullable [] bytes(Value value) {
        return value instanceof Value.Bytes bytes ? bytes.bytes() : null;
    }

    /** Reads a value from the column of text and the one of bytes, which follows. */
    static Value read(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? new Value.Bytes(row.getBytes(column + 1)) : new Value.Text(EscapedText.read(text));
    }

    static long expiresAt(ResultSet row, int column) throws SQLException {
        long expiresAt = row.getLong(column);
        return row.wasNull() ? StoredEntry.NEVER : expiresAt;
    }
}
