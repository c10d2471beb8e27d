package dev.kvstore.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log watcher of all other tests finds leaks. */
class SecretsStayOutOfLogsTest {

    private final Logger logger = LoggerFactory.getLogger("dev.kvstore.planted");

    @Test
    void aSecretIsFoundAnywhereInTheLog() {
        Exception suppressing = new Exception("harmless", new Exception("harmless"));
        suppressing.addSuppressed(new Exception(Secrets.VALUE));

        logger.trace("the value is " + Secrets.VALUE);
        logger.debug("the value is {}", Secrets.VALUE);
        logger.info("no place for an argument", Secrets.VALUE);
        logger.info("failed", new Exception("harmless", new Exception("not " + Secrets.VALUE + "!")));
        logger.info("failed", suppressing);
        logger.info("harmless", new Exception("harmless"));

        assertThat(SecretLog.drain()).hasSize(5);
        assertThat(SecretLog.drain()).isEmpty();
    }

    @Test
    void aSecretInTheLogFailsTheTest() {
        logger.trace(Secrets.VALUE);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(SecretsStayOutOfLogs::requireNoLeak)
                .withMessageContaining("dev.kvstore.planted");
    }

    @Test
    void theLoggersOfTheStoreAndItsLibrariesAreWatched(@TempDir Path directory) {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            kv.set("group", "key", Secrets.VALUE);
            kv.render("[(${key})]", "group");
        }

        for (String name : new String[] {"dev.kvstore", "org.springframework.jdbc", "org.thymeleaf", "org.flywaydb"}) {
            assertThat(SecretLog.loggers()).anyMatch(logger -> logger.startsWith(name));
        }
    }

    @Test
    void aSecretInTheLogOfAKilledProcessIsFound() throws Exception {
        try (ChildProcess other = ChildProcess.start(Leaking.class, List.of(), "logs")) {
            other.awaitLine("leaked");
        }

        assertThat(SecretLog.drain())
                .singleElement()
                .asString()
                .contains("in another process", "dev.kvstore.planted", "harmless");
    }

    @Test
    void aSecretInTheOutputOfAnotherProcessIsFound() throws Exception {
        try (ChildProcess other = ChildProcess.start(Leaking.class, List.of(), "prints")) {
            other.awaitLine("leaked");
        }
        try (ChildProcess other = ChildProcess.start(Leaking.class, List.of(), "fails")) {
            assertThatThrownBy(other::awaitEnd).hasMessageContaining("failed with 1");
        }

        assertThat(SecretLog.drain())
                .hasSize(3)
                .allMatch(leak -> leak.startsWith("printed by Leaking"))
                .last()
                .asString()
                .contains("IllegalStateException");
    }

    /** A process that leaks the secret. */
    static final class Leaking {

        private Leaking() {}

        public static void main(String[] arguments) throws Exception {
            switch (arguments[0]) {
                case "logs" ->
                    LoggerFactory.getLogger("dev.kvstore.planted").trace("harmless", new Exception(Secrets.VALUE));
                case "prints" -> System.out.println(Secrets.VALUE + "\nleaked\n" + Secrets.VALUE);
                default -> throw new IllegalStateException(Secrets.VALUE);
            }
            System.out.println("leaked");
            System.in.read();
        }
    }
}
