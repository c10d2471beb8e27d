package dev.kvstore.secrets;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads all that is logged, and keeps what gives a secret away. Declared in watch.xml. */
public final class SecretLog extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final Set<String> LOGGERS = ConcurrentHashMap.newKeySet();

    @Override
    protected void append(ILoggingEvent event) {
        LOGGERS.add(event.getLoggerName());
        IThrowableProxy thrown = event.getThrowableProxy();
        String text = event.getFormattedMessage()
                + Arrays.toString(event.getArgumentArray())
                + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
        if (text.contains(Secrets.VALUE)) {
            LEAKS.add(event.getLevel() + " " + event.getLoggerName() + ": " + text);
        }
    }

    /** The leaks since the last call. */
    public static List<String> drain() {
        List<String> leaks = new ArrayList<>();
        for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
            leaks.add(leak);
        }
        return leaks;
    }

    /** The names of those who have logged anything. */
    static Set<String> loggers() {
        return Set.copyOf(LOGGERS);
    }
}
