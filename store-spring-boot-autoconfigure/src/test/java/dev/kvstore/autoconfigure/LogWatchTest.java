package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.secrets.SecretLog;
import dev.kvstore.secrets.Secrets;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;

/** Shows that the log watcher, which fails every test of this module that logs a secret, detects one. */
class LogWatchTest {

    @Test
    void aSecretInTheLogIsFound() {
        LogFactory.getLog("dev.kvstore.autoconfigure.planted").trace(Secrets.VALUE);

        assertThat(SecretLog.drain()).singleElement().asString().contains("planted");
    }
}
