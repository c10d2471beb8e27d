package dev.kvstore.sqlite.wal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the log lines of a leader until it has handed over: an appender of the host may write to the store, or
 * wait for a thread that does.
 */
public final class LeaderLog {

    private final Log log;
    private final Queue<Runnable> kept = new ConcurrentLinkedQueue<>();
    private boolean keeping;

    LeaderLog(Class<?> source) {
        this.log = LogFactory.getLog(source);
    }

    /** Whether the calling thread leads from now on. Only that thread changes it. */
    public void keep(boolean leading) {
        keeping = leading;
    }

    void warn(String message) {
        log(() -> log.warn(message));
    }

    void warn(String message, @Nullable Throwable cause) {
        log(() -> log.warn(message, cause));
    }

    void info(String message) {
        log(() -> log.info(message));
    }

    void debug(String message, @Nullable Throwable cause) {
        log(() -> log.debug(message, cause));
    }

    private void log(Runnable line) {
        if (keeping) {
            kept.add(line);
        } else {
            line.run();
        }
    }

    /** Logs the lines held back. Called by threads that do not lead. */
    public void emit() {
        if (kept.isEmpty()) {
            return;
        }
        for (Runnable line = kept.poll(); line != null; line = kept.poll()) {
            try {
                line.run();
            } catch (RuntimeException failingAppender) {
                // A failing appender must not make a committed write fail.
            }
        }
    }
}
