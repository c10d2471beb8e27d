package dev.kvstore.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails any test that leaves a secret in the log or in the output of a started process. */
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
        assertThat(SecretLog.drain())
                .as("log events and output lines with a secret")
                .isEmpty();
    }
}
