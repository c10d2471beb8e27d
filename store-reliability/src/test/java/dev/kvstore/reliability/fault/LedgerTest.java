package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.sqlite.SqliteKvStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The negative control of all fault tests: a lost or partial write is found. */
class LedgerTest {

    private final SqliteKvStore kv = SqliteKvStore.inMemory();
    private final Ledger ledger = new Ledger(100);

    @AfterEach
    void close() {
        kv.close();
    }

    @Test
    void aMissingAcknowledgedEntryIsFound() {
        ledger.set(kv, "first");
        ledger.set(kv, "second");
        ledger.requireFailuresWithoutEffect(kv);

        kv.delete(Ledger.GROUP, "first");

        assertThatThrownBy(() -> ledger.requireNothingLost(kv))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("first");
    }

    @Test
    void anAcknowledgedEntryWithAnotherValueIsFound() {
        ledger.set(kv, "first");
        kv.set(Ledger.GROUP, "first", "half of it");

        assertThatThrownBy(() -> ledger.requireNothingLost(kv)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aFailedWriteWithAnEffectIsFound() {
        SqliteKvStore closed = SqliteKvStore.inMemory();
        closed.close();
        ledger.set(closed, "refused");
        ledger.requireFailuresWithoutEffect(kv);

        new Ledger(100).set(kv, "refused");

        assertThatThrownBy(() -> ledger.requireFailuresWithoutEffect(kv))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("refused");
    }
}
