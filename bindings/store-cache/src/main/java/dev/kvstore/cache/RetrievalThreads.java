package dev.kvstore.cache;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** A few threads that read and write the store for callers which must not block; they end when they are idle. */
final class RetrievalThreads implements Executor, AutoCloseable {

    private static final int THREADS = 8;

    private final ThreadPoolExecutor pool;

    RetrievalThreads() {
        CustomizableThreadFactory factory = new CustomizableThreadFactory("kvstore-cache-");
        factory.setDaemon(true);
        pool = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Runs what was asked for, and accepts nothing more. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
