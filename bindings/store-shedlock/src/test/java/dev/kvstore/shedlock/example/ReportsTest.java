package dev.kvstore.shedlock.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import net.javacrumbs.shedlock.core.LockAssert;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@SpringBootTest(properties = "kvstore.path=:memory:")
class ReportsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
    @EnableSchedulerLock(defaultLockAtMostFor = "30m")
    @Import(Reports.class)
    static class Application {}

    @Component
    static class Reports {

        private final AtomicInteger written = new AtomicInteger();

        @Scheduled(cron = "0 0 2 * * *")
        @SchedulerLock(name = "nightly-report", lockAtMostFor = "30m", lockAtLeastFor = "1m")
        public void write() {
            LockAssert.assertLocked(); // fails if the lock was not configured
            written.incrementAndGet();
        }

        public int written() {
            return written.get();
        }
    }

    @Test
    void oneOfTwoInstancesWritesTheReport(@Autowired Reports reports) {
        reports.write();
        reports.write(); // another instance, whose clock is a second behind

        assertThat(reports.written()).isEqualTo(1);
    }
}
