package dev.kvstore.postgresql;

import dev.kvstore.engine.Value;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other. */
final class Parameters {

    private final PreparedStatement statement;
    private int last;

    private Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    static Parameters of(PreparedStatement statement) {
        return new Parameters(statement);
    }

    Parameters text(@Nullable String text) throws SQLException {
        statement.setString(++last, text);
        return this;
    }

    Parameters number(@Nullable Long number) throws SQLException {
        if (number == null) {
            statement.setNull(++last, Types.BIGINT);
        } else {
            statement.setLong(++last, number);
        }
        return this;
    }

    /** Sets the columns {@code grp} and {@code key}. */
    Parameters row(EntryKey entry) throws SQLException {
        return text(entry.group().name()).text(entry.key().name());
    }

    /** Sets the columns {@code grp}, {@code full_grp}, {@code key} and {@code full_key}. */
    Parameters names(EntryKey entry) throws SQLException {
        return text(entry.group().name())
                .text(entry.group().full())
                .text(entry.key().name())
                .text(entry.key().full());
    }

    /** Sets the columns {@code value} and {@code bytes}. */
    Parameters value(Value value) throws SQLException {
        statement.setString(++last, StoredValue.text(value));
        statement.setBytes(++last, StoredValue.bytes(value));
        return this;
    }

    Parameters end(Moment.End end) throws SQLException {
        return number(end.at()).number(end.ttl());
    }

    Parameters texts(List<String> texts) throws SQLException {
        return array("text", texts.toArray());
    }

    <T> Parameters texts(List<T> rows, Function<T, @Nullable String> column) throws SQLException {
        return array("text", rows.stream().map(column).toArray());
    }

    <T> Parameters numbers(List<T> rows, Function<T, @Nullable Long> column) throws SQLException {
        return array("bigint", rows.stream().map(column).toArray());
    }

    <T> Parameters bytes(List<T> rows, Function<T, byte @Nullable []> column) throws SQLException {
        return array("bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    private Parameters array(String type, @Nullable Object[] values) throws SQLException {
        statement.setArray(++last, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
