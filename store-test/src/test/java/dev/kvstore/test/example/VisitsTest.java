package dev.kvstore.test.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.test.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class VisitsTest {

    @Autowired
    KvStore kv;

    @Autowired
    TestClock clock;

    @Test
    void aVisitIsForgottenAfterADay() {
        assertThat(kv.count("visits")).isZero(); // in memory, and empty before each test method

        kv.set("visits", "ada", "1", Duration.ofDays(1));
        clock.advance(Duration.ofDays(2));

        assertThat(kv.count("visits")).isZero();
    }
}
