package dev.kvstore.test.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.test.KvStoreExtension;
import dev.kvstore.test.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KvStoreExtension.class)
class SessionsTest {

    @Test
    void aSessionEndsAfterAnHour(KvStore kv, TestClock clock) {
        kv.set("sessions", "token", "ada", Duration.ofHours(1));
        assertThat(kv.get("sessions", "token")).contains("ada");

        clock.advance(Duration.ofHours(1));

        assertThat(kv.get("sessions", "token")).isEmpty();
    }
}
