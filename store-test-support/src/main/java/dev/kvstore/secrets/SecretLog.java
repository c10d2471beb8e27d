package dev.kvstore.secrets;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The log watcher: an appender that records log events with a secret. Declared in watch.xml. */
public final class SecretLog extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final Set<String> LOGGERS = ConcurrentHashMap.newKeySet();

    @Override
    protected void append(ILoggingEvent event) {
        LOGGERS.add(event.getLoggerName());
        IThrowableProxy thrown = event.getThrowableProxy();
        String text = event.getFormattedMessage()
                + Arrays.toString(event.getArgumentArray())
                + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
        if (text.contains(Secrets.VALUE)) {
            Leaks.add(event.getLevel() + " " + event.getLoggerName() + ": " + text);
        }
    }

    /** Returns the leaks since the last call. */
    public static List<String> drain() {
        return Leaks.drain();
    }

    /** Records an output line of another process if it contains a secret. */
    public static void read(String process, String line) {
        if (line.contains(Secrets.VALUE)) {
            Leaks.add("printed by " + process + ": " + line);
        }
    }

    /** The argument with which another JVM reports the leaks in its log to this one. */
    public static String argumentOfAnotherJvm() {
        return "-D" + Leaks.FILE + "=" + Leaks.file();
    }

    /** The names of all loggers that have logged an event. */
    static Set<String> loggers() {
        return Set.copyOf(LOGGERS);
    }
}
