package dev.kvstore.migration;

import org.apache.commons.logging.LogFactory;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * Logs Flyway's INFO lines at DEBUG while one thread migrates a store: a first start would print ten of them.
 *
 * <p>Flyway keeps its logging in static fields. A concurrent run of the host's own Flyway in another thread logs as
 * ever, by the same names and levels; afterwards Flyway chooses its logging again, as it does after every run.
 */
public final class MigrationLog implements LogCreator {

    private final Thread migrating = Thread.currentThread();

    private MigrationLog() {}

    /** Migrates, and leaves Flyway's logging as a run without this class would. */
    public static void quietly(Flyway flyway) {
        org.flywaydb.core.api.logging.LogFactory.setLogCreator(new MigrationLog());
        try {
            flyway.migrate();
        } finally {
            org.flywaydb.core.api.logging.LogFactory.setConfiguration(flyway.getConfiguration());
        }
    }

    @Override
    public Log createLogger(Class<?> type) {
        return new Quiet(LogFactory.getLog(type), migrating);
    }

    private record Quiet(org.apache.commons.logging.Log log, Thread migrating) implements Log {

        // Flyway 11, which Spring Boot 4.0 brings, calls it; Flyway 12 has deprecated it.
        @Override
        @SuppressWarnings("deprecation")
        public boolean isDebugEnabled() {
            return log.isDebugEnabled();
        }

        @Override
        public void debug(String message) {
            log.debug(message);
        }

        @Override
        public void info(String message) {
            if (isOfTheStore()) {
                log.debug(message);
            } else {
                log.info(message);
            }
        }

        @Override
        public void warn(String message) {
            log.warn(message);
        }

        @Override
        public void error(String message) {
            log.error(message);
        }

        @Override
        public void error(String message, Exception e) {
            log.error(message, e);
        }

        @Override
        public void notice(String message) {
            if (isOfTheStore()) {
                log.debug(message);
            } else {
                log.info(message);
            }
        }

        private boolean isOfTheStore() {
            return Thread.currentThread() == migrating;
        }
    }
}
