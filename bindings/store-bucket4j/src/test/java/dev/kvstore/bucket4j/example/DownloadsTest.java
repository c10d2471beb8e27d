package dev.kvstore.bucket4j.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "kvstore.path=:memory:")
class DownloadsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Downloads.class)
    static class Application {}

    @Component
    static class Downloads {

        private static final BucketConfiguration TEN_AN_HOUR = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(10).refillGreedy(10, Duration.ofHours(1)))
                .build();

        private final ProxyManager<String> buckets;

        Downloads(ProxyManager<String> buckets) {
            this.buckets = buckets;
        }

        boolean mayStart(String user) {
            return buckets.getProxy("downloads/" + user, () -> TEN_AN_HOUR).tryConsume(1);
        }
    }

    @Test
    void aUserStartsTenDownloadsAnHour(@Autowired Downloads downloads) {
        for (int i = 0; i < 10; i++) {
            assertThat(downloads.mayStart("ada")).isTrue();
        }
        assertThat(downloads.mayStart("ada")).isFalse();
        assertThat(downloads.mayStart("bob")).isTrue();
    }
}
