package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.util.ReflectionUtils;

class KvStoreRuntimeHintsTest {

    private final RuntimeHints hints = new RuntimeHints();

    @BeforeEach
    void register() {
        new KvStoreRuntimeHints().registerHints(hints, null);
    }

    @Test
    void migrationsAndTemplatesAreIncluded() {
        assertThat(RuntimeHintsPredicates.resource().forResource("db/kvstore/sqlite/V1__create_kv.sql"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.resource().forResource("kvstore/templates/mail.txt"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.resource().forResource("db/migration/V1__of_the_host.sql"))
                .rejects(hints);
    }

    @Test
    void thePurgeMethodIsInvocable() {
        Method purge = Objects.requireNonNull(ReflectionUtils.findMethod(KvStorePurger.class, "purge"));
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(purge))
                .accepts(hints);
    }
}
