package com.example.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** The jobs of a host that enables scheduling run on its own threads. */
class HostSchedulingTest {

    @TempDir
    Path directory;

    @Test
    void jobsRunOnTheSchedulerOfTheHost() throws Exception {
        assertThat(threadOfTheJob(OwnScheduler.class)).startsWith("of-the-host-");
    }

    @Test
    void jobsRunOnTheSchedulerOfSpringBoot() throws Exception {
        assertThat(threadOfTheJob(SchedulingOfSpringBoot.class)).startsWith("scheduling-");
    }

    private String threadOfTheJob(Class<?> configuration) throws InterruptedException {
        try (Host host = Host.with(directory.resolve("kvstore.db"), configuration)) {
            return host.bean(DormantJob.class).runs.poll(10, TimeUnit.SECONDS);
        }
    }

    @EnableScheduling
    static class SchedulingOfSpringBoot {}

    @EnableScheduling
    static class OwnScheduler {

        @Bean
        ThreadPoolTaskScheduler hostScheduler() {
            ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
            scheduler.setThreadNamePrefix("of-the-host-");
            return scheduler;
        }
    }
}
