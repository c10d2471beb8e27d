package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.secrets.SecretLog;
import dev.kvstore.secrets.Secrets;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;

/** That the watch, which fails every test of this module after which a secret stands in the log, would find one. */
class LogWatchTests {

    @Test
    void aSecretInTheLogIsFound() {
        LogFactory.getLog("dev.kvstore.autoconfigure.planted").trace(Secrets.VALUE);

        assertThat(SecretLog.drain()).singleElement().asString().contains("planted");
    }
}
