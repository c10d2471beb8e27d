package dev.kvstore.reliability.model;

import dev.kvstore.sqlite.Foreign;
import java.nio.file.Path;
import java.sql.SQLException;

/** Another program, which writes bytes into the file of a store where the store writes texts. */
final class ForeignProgram {

    private static final int LARGEST_IN_ROW = 512;

    private static final String VALUES = """
             (grp, key, value, expires_at, version) VALUES (CAST(unhex(?) AS TEXT), CAST(unhex(?) AS TEXT), \
            CAST(unhex(?) AS TEXT), CAST(? AS INTEGER), 1)\
            """;
    private static final String WRITE_IN_ROW = "INSERT INTO kv" + VALUES + """
             ON CONFLICT (grp, key) DO UPDATE \
            SET value = excluded.value, expires_at = excluded.expires_at, value_id = NULL, version = excluded.version\
            """;
    private static final String WRITE_OUT_OF_ROW = "INSERT INTO kv_entry" + VALUES;

    private ForeignProgram() {}

    static void write(Path file, ExternalEvent event, Long deadline) {
        String sql = ForeignText.bytes(event.value()).length > LARGEST_IN_ROW ? WRITE_OUT_OF_ROW : WRITE_IN_ROW;
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("PRAGMA synchronous = OFF")
                    .executeWith(
                            sql,
                            ForeignText.hex(event.group()),
                            ForeignText.hex(event.key()),
                            ForeignText.hex(event.value()),
                            deadline == null ? null : deadline.toString());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
