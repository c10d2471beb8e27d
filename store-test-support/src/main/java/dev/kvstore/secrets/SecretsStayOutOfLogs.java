package dev.kvstore.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails any test after which a secret stands in the log. */
public final class SecretsStayOutOfLogs implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        requireNoLeak();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        requireNoLeak();
    }

    static void requireNoLeak() {
        assertThat(SecretLog.drain()).as("logged, with a secret").isEmpty();
    }
}
