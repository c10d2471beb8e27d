package dev.kvstore.secrets;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads all that is logged, and keeps what gives a secret away. Declared in watch.xml. */
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

    /** The leaks since the last call. */
    public static List<String> drain() {
        return Leaks.drain();
    }

    /** Keeps what gives a secret away of what another process has printed. */
    public static void read(String process, String line) {
        if (line.contains(Secrets.VALUE)) {
            Leaks.add("printed by " + process + ": " + line);
        }
    }

    /** The argument of a JVM that lets this one know of the leaks in its log. */
    public static String argumentOfAnotherJvm() {
        return "-D" + Leaks.FILE + "=" + Leaks.file();
    }

    /** The names of those who have logged anything. */
    static Set<String> loggers() {
        return Set.copyOf(LOGGERS);
    }
}
