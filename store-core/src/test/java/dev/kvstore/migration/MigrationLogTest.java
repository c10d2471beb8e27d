package dev.kvstore.migration;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The migration of a store logs nothing at INFO, and the Flyway of the host logs as before. */
class MigrationLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.flywaydb");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
    }

    @Test
    void aFirstStartLogsNothingOfFlywayAtInfo() {
        SqliteKvStore.open(directory.resolve("kvstore.db")).close();

        assertThat(appender.list).isNotEmpty();
        assertThat(messagesAtInfo()).isEmpty();
    }

    @Test
    void theFlywayOfTheHostStillLogsAtInfoAfterAStoreWasOpened() {
        Flyway host = ofHost();

        SqliteKvStore.open(directory.resolve("kvstore.db")).close();
        host.migrate();

        assertThat(messagesAtInfo()).anyMatch(message -> message.startsWith("Successfully applied"));
    }

    @Test
    void messagesOfAnotherThreadDuringTheMigrationStayAtInfo() {
        MigrationLog.quietly(Flyway.configure()
                .dataSource("jdbc:sqlite:" + directory.resolve("kvstore.db"), null, null)
                .locations("classpath:db/kvstore/sqlite")
                // Later ones need the migrations in Java.
                .target("3")
                .callbacks(new OtherThread())
                .load());

        assertThat(messagesAtInfo()).containsExactly("of another thread");
    }

    private Flyway ofHost() {
        return Flyway.configure()
                .dataSource("jdbc:sqlite:" + directory.resolve("host.db"), null, null)
                .locations("classpath:db/kvstore/sqlite")
                // Later ones need the migrations in Java.
                .target("3")
                .load();
    }

    private List<String> messagesAtInfo() {
        return appender.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Logs through Flyway in a thread of its own while a migration runs. */
    private static final class OtherThread extends BaseCallback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_MIGRATE;
        }

        @Override
        public void handle(Event event, Context context) {
            Thread thread = new Thread(() -> org.flywaydb.core.api.logging.LogFactory.getLog(Flyway.class)
                    .info("of another thread"));
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
