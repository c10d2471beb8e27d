package dev.kvstore.reliability;

import static dev.kvstore.secrets.Secrets.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.SecretOperations.Operation;
import dev.kvstore.secrets.SecretLog;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Shows that {@link SecretsTest} calls every operation and finds a leak. */
class SecretOperationsTest {

    @Test
    void everyOperationIsCalled() {
        assertThat(SecretOperations.ALL.stream().map(Operation::method).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(KvStore.class.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toSet()));
    }

    @Test
    void aLeakIsFound() {
        RuntimeException cause = new IllegalStateException("harmless", new IllegalStateException(VALUE));
        RuntimeException suppressed = new IllegalStateException("harmless");
        suppressed.addSuppressed(new IllegalStateException(VALUE));

        for (RuntimeException planted : List.of(new IllegalStateException("not " + VALUE), cause, suppressed)) {
            KvStore leaking = (KvStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {KvStore.class}, (proxy, method, arguments) -> {
                        throw planted;
                    });
            assertThat(SecretOperations.leaks(SecretOperations.call(leaking))).hasSameSizeAs(SecretOperations.ALL);
        }
        LoggerFactory.getLogger("org.sqlite.planted").trace("parameter value {}", VALUE);
        assertThat(SecretLog.drain()).singleElement().asString().contains("org.sqlite.planted");
    }
}
