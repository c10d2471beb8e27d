package dev.kvstore.test.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.test.TestClock;
import dev.kvstore.test.autoconfigure.AutoConfigureKvStore;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest
@AutoConfigureKvStore
@Import(WebSliceTest.SystemClock.class)
class WebSliceTest {

    @Autowired
    private KvStore kv;

    @Autowired
    private TestClock clock;

    @RepeatedTest(2)
    void aSliceHasAnEmptyStoreInMemory(@Autowired MockMvcTester web) {
        assertThat(web.get().uri("/greeting")).hasBodyTextEqualTo("Hello");
        assertThat(kv.count("visits")).isOne();

        kv.set("settings", "greeting", "Good evening");
        clock.advance(Duration.ofDays(2));

        assertThat(kv.count("visits")).isZero();
        assertThat(web.get().uri("/greeting")).hasBodyTextEqualTo("Good evening");
    }

    static class SystemClock {

        @Bean
        Clock systemClock() {
            return Clock.systemUTC();
        }
    }
}
