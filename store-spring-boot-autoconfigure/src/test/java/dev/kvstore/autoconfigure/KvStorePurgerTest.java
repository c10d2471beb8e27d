package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvClosedException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;

@ExtendWith(OutputCaptureExtension.class)
class KvStorePurgerTest {

    @Test
    void aRepeatedCauseIsLoggedOnce(CapturedOutput output) {
        purge(full("at 10:00"), full("at 10:01"), full("at 10:02"));
        assertThat(warnings(output)).singleElement().asString().contains("kvstore.purge-interval", "at 10:00");
    }

    @Test
    void theSameCauseIsLoggedAgainAfterASuccess(CapturedOutput output) {
        purge(full("at 10:00"), null, full("at 10:02"));
        assertThat(warnings(output)).hasSize(2);
    }

    @Test
    void anotherCauseIsLogged(CapturedOutput output) {
        purge(full("at 10:00"), new IllegalStateException("other"), full("at 10:02"));
        assertThat(warnings(output)).hasSize(3);
    }

    @Test
    void aWarningHasNoStackTrace(CapturedOutput output) {
        purge(full("at 10:00"));
        assertThat(output).doesNotContain("\tat ");
    }

    @Test
    void aClosedStoreIsNotAFailure(CapturedOutput output) {
        purge(new KvClosedException("closed"));
        assertThat(warnings(output)).isEmpty();
    }

    private static RuntimeException full(String when) {
        return new DataAccessResourceFailureException("failed " + when, new IllegalStateException("the disk is full"));
    }

    /** Purges once for each result; null is a success. */
    private static void purge(@Nullable RuntimeException... results) {
        Iterator<@Nullable RuntimeException> left = Arrays.asList(results).iterator();
        KvStorePurger purger = new KvStorePurger(Hosts.storeThatPurges(() -> {
            RuntimeException result = left.next();
            if (result != null) {
                throw result;
            }
            return 0;
        }));
        while (left.hasNext()) {
            purger.purge();
        }
    }

    private static List<String> warnings(CapturedOutput output) {
        return output.getAll().lines().filter(line -> line.contains("WARN")).toList();
    }
}
