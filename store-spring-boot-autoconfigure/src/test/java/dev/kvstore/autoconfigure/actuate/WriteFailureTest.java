package dev.kvstore.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;

/** Why a write failed, in words without the key that the message names. */
class WriteFailureTest {

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, the disk is full (SQLITE_FULL)",
        "SQLITE_IOERR_WRITE, the disk fails (SQLITE_IOERR_WRITE)",
        "SQLITE_BUSY, another process holds the lock of the file (SQLITE_BUSY)",
        "SQLITE_MISUSE, DataAccessResourceFailureException (SQLITE_MISUSE)"
    })
    void aCodeOfSqliteIsPutInWords(String code, String words) {
        SQLException cause = new SQLException("[" + code + "] something about group/key");
        assertThat(WriteFailure.inWords(new DataAccessResourceFailureException("group/key", cause)))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "08006, the server cannot be reached (08006)",
        "53100, the disk of the server is full (53100)",
        "XX000, DataAccessResourceFailureException (XX000)"
    })
    void aStateOfSqlIsPutInWords(String state, String words) {
        SQLException cause = new SQLException("something about group/key", state);
        assertThat(WriteFailure.inWords(new DataAccessResourceFailureException("group/key", cause)))
                .isEqualTo(words);
    }

    @Test
    void withoutACodeTheTypeSaysIt() {
        assertThat(WriteFailure.inWords(new CannotAcquireLockException("group/key")))
                .isEqualTo("another writer holds the lock");
        assertThat(WriteFailure.inWords(new OutOfMemoryError("group/key"))).isEqualTo("OutOfMemoryError");
    }
}
