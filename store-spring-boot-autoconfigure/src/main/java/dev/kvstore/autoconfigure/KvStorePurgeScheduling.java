package dev.kvstore.autoconfigure;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Purges the stores of an application while its context runs, with its own thread and its own annotation processor.
 *
 * <p>{@code @EnableScheduling} would activate jobs that the host deliberately does not schedule, and a scheduler bean
 * would take over the jobs that it does schedule.
 */
final class KvStorePurgeScheduling implements SmartLifecycle {

    private static final int SECONDS_TO_FINISH = 10;

    private final List<KvStore> stores;
    private final Duration interval;
    private volatile @Nullable Schedule running;

    /** Purges at an interval, or never if it is zero. */
    KvStorePurgeScheduling(List<KvStore> stores, Duration interval) {
        this.stores = List.copyOf(stores);
        this.interval = interval;
    }

    @Override
    public void start() {
        if (!interval.isZero() && running == null) {
            running = Schedule.start(stores, interval);
        }
    }

    @Override
    public void stop() {
        Schedule schedule = running;
        if (schedule != null) {
            schedule.stop();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    private record Schedule(ThreadPoolTaskScheduler scheduler, ScheduledAnnotationBeanPostProcessor annotations) {

        static Schedule start(List<KvStore> stores, Duration interval) {
            ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
            scheduler.setThreadNamePrefix("kvstore-purge-");
            scheduler.setDaemon(true);
            scheduler.setWaitForTasksToCompleteOnShutdown(true);
            scheduler.setAwaitTerminationSeconds(SECONDS_TO_FINISH);
            scheduler.initialize();
            ScheduledAnnotationBeanPostProcessor annotations = new ScheduledAnnotationBeanPostProcessor();
            annotations.setScheduler(scheduler);
            // The annotation parses durations by another grammar than property binding does; both accept ISO-8601.
            annotations.setEmbeddedValueResolver(
                    text -> text.replace("${kvstore.purge-interval}", interval.toString()));
            for (KvStore store : stores) {
                annotations.postProcessAfterInitialization(new KvStorePurger(store), "kvStorePurger");
            }
            annotations.afterSingletonsInstantiated();
            return new Schedule(scheduler, annotations);
        }

        void stop() {
            annotations.destroy();
            scheduler.shutdown();
        }
    }
}
