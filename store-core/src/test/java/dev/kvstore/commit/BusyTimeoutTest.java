package dev.kvstore.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;

/** A busy database is retried until the timeout; any other error is thrown at once. */
class BusyTimeoutTest {

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void aBusyDatabaseIsRetried() {
        BusyTimeout timeout = new BusyTimeout(Duration.ofMinutes(1), "the file");

        assertThat(timeout.<String>retry(() -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new CannotAcquireLockException("busy");
                    }
                    return "done";
                }))
                .isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void afterTheTimeoutTheErrorNamesTheDatabaseAndTheSetting() {
        BusyTimeout timeout = new BusyTimeout(Duration.ZERO, "the file");

        assertThatExceptionOfType(CannotAcquireLockException.class)
                .isThrownBy(() -> timeout.<String>retry(() -> {
                    throw new CannotAcquireLockException("busy");
                }))
                .withMessageContaining("the file")
                .withMessageContaining("busyTimeout");
    }

    @Test
    void otherErrorsAreNotRetried() {
        BusyTimeout timeout = new BusyTimeout(Duration.ofMinutes(1), "the file");

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> timeout.<String>retry(() -> {
                    attempts.incrementAndGet();
                    throw new DataIntegrityViolationException("constraint");
                }));
        assertThat(attempts).hasValue(1);
    }
}
