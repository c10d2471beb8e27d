package dev.kvstore.sqlite.table;

import dev.kvstore.KvRange;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a range, as bytes: keys that another program wrote may not be UTF-8.
 *
 * @param from the first key
 * @param before the first key behind the range; null if it has no end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyBounds(byte[] from, byte @Nullable [] before) {

    static KeyBounds of(KvRange range) {
        return new KeyBounds(
                bytes(range.lowerBound()),
                range.upperBound().map(KeyBounds::bytes).orElse(null));
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** The first key after another one is that key and a NUL. */
    private static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** The part of these bounds that ends with a key, which belongs to it; the later part if reversed. */
    KeyBounds upTo(byte[] last, boolean reversed) {
        return reversed ? new KeyBounds(last, before) : new KeyBounds(from, after(last));
    }

    /** Binds the group and the bounds to the first three parameters. */
    void bind(PreparedStatement statement, String group) throws SQLException {
        statement.setString(1, group);
        statement.setBytes(2, from);
        if (before == null) {
            statement.setNull(3, Types.BLOB);
        } else {
            statement.setBytes(3, before);
        }
    }
}
