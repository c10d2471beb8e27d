package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.NoDialect;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * A write whose SQL comes from a test: for {@link Change.DeleteGroup} this dialect runs the statements of the test.
 */
final class Scripted<T extends @Nullable Object> extends NoDialect {

    private final Function<JdbcOperations, T> statements;
    private final boolean oneStatement;
    private @Nullable T result;

    private Scripted(Function<JdbcOperations, T> statements, boolean oneStatement) {
        this.statements = statements;
        this.oneStatement = oneStatement;
    }

    /** Runs one statement of a test as a write. */
    static <T extends @Nullable Object> T write(Writer writer, Function<JdbcOperations, T> statement) {
        return new Scripted<>(statement, true)
                .runBy((change, dialect) -> writer.write(change, dialect, Durability.FULL));
    }

    /** Runs several statements of a test as a write. */
    static <T extends @Nullable Object> T transact(Writer writer, Function<JdbcOperations, T> statements) {
        return new Scripted<>(statements, false)
                .runBy((change, dialect) -> writer.write(change, dialect, Durability.FULL));
    }

    static <T extends @Nullable Object> T write(MemoryEngine memory, Function<JdbcOperations, T> statement) {
        return new Scripted<>(statement, true).runBy(memory::write);
    }

    static <T extends @Nullable Object> T transact(MemoryEngine memory, Function<JdbcOperations, T> statements) {
        return new Scripted<>(statements, false).runBy(memory::write);
    }

    @SuppressWarnings("NullAway") // null where T is
    private T runBy(BiFunction<Change<Long>, Dialect, Long> engine) {
        assertThat(engine.apply(new Change.DeleteGroup("scripted"), this)).isZero();
        return result;
    }

    @Override
    public long deleteGroup(JdbcOperations jdbc, String group) {
        result = statements.apply(jdbc);
        return 0;
    }

    @Override
    public boolean isOneStatement(Change<?> change) {
        return oneStatement;
    }
}
