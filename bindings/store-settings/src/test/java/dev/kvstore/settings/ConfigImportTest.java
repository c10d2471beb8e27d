package dev.kvstore.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** {@code spring.config.import=kvstore:settings}. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigImportTest {

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("kvstore.db");
    }

    private void store(String group, Map<String, String> entries) {
        try (SqliteKvStore kv = SqliteKvStore.open(file())) {
            kv.group(group).setAll(entries);
        }
    }

    private ConfigurableApplicationContext start(String imported, String... further) {
        List<String> arguments = new ArrayList<>(List.of(further));
        arguments.add("--spring.config.import=" + imported);
        if (!String.join(" ", further).contains("kvstore.path")) {
            arguments.add("--kvstore.path=" + file());
        }
        return new SpringApplicationBuilder(Host.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
    }

    @Test
    void aGroupIsConfigurationOfTheApplication() {
        store("settings", Map.of("greeting", "Hello", "servers[0]", "one", "servers[1]", "other"));
        try (ConfigurableApplicationContext context = start("kvstore:settings")) {
            assertThat(context.getEnvironment().getProperty("greeting")).isEqualTo("Hello");
            assertThat(context.getEnvironment().getProperty("servers[1]")).isEqualTo("other");
            assertThat(context.getBean(KvStore.class).get("settings", "greeting"))
                    .contains("Hello");
        }
    }

    @Test
    void severalGroupsCanBeImported() {
        store("one", Map.of("a", "1"));
        store("other", Map.of("b", "2"));
        try (ConfigurableApplicationContext context = start("kvstore:one,kvstore:other")) {
            assertThat(context.getEnvironment().getProperty("a")).isEqualTo("1");
            assertThat(context.getEnvironment().getProperty("b")).isEqualTo("2");
        }
    }

    @Test
    void anOptionalGroupMayBeMissing() {
        try (ConfigurableApplicationContext context = start("optional:kvstore:settings")) {
            assertThat(context.getEnvironment().getPropertySources().contains("kvstore:settings"))
                    .isFalse();
        }
    }

    @Test
    void anOptionalGroupOfAStoreThatIsTurnedOffIsMissing() {
        try (ConfigurableApplicationContext context = start("optional:kvstore:settings", "--kvstore.enabled=false")) {
            assertThat(context.getBeanNamesForType(KvStore.class)).isEmpty();
        }
        assertThat(file()).doesNotExist();
    }

    @Test
    void aMissingGroupFailsTheStart(CapturedOutput output) {
        assertThatThrownBy(() -> start("kvstore:settings")).isInstanceOf(RuntimeException.class);
        assertThat(output).contains("group 'settings' of the store").contains("APPLICATION FAILED TO START");
    }

    @Test
    void aGroupThatConfiguresTheStoreFailsTheStart(CapturedOutput output) {
        store("settings", Map.of("kvstore.path", "elsewhere.db"));
        assertThatThrownBy(() -> start("kvstore:settings")).hasMessageContaining("kvstore.path");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The group 'settings' has the key 'kvstore.path'")
                .doesNotContain("elsewhere.db");
    }

    @Test
    void alsoInARelaxedFormOrBelowIt() {
        for (String key : List.of("kvstore.readers", "KVSTORE.Read-Only", "kvstore.caches.x.ttl", "kvstore")) {
            assertThatThrownBy(() -> ImportedGroup.of("settings", Map.of(key, "1")))
                    .isInstanceOf(KvSettingsException.class);
        }
        assertThat(ImportedGroup.of("settings", Map.of("kvstores.a", "1")).getPropertyNames())
                .containsExactly("kvstores.a");
    }

    @Test
    void aLocationWithoutAGroupFailsTheStart(CapturedOutput output) {
        assertThatThrownBy(() -> start("kvstore:")).isInstanceOf(KvSettingsException.class);
        assertThat(output).contains("APPLICATION FAILED TO START").contains("kvstore:settings");
    }

    @Test
    void aStoreThatCannotBeOpenedFailsTheStartAlsoIfOptional(CapturedOutput output) {
        assertThatThrownBy(() -> start("optional:kvstore:settings", "--kvstore.path=" + directory))
                .isInstanceOf(RuntimeException.class);
        assertThat(output).contains("APPLICATION FAILED TO START").contains("could not be opened");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ConfigurationPropertiesAutoConfiguration.class,
        KvStoreAutoConfiguration.class,
        KvSettingsAutoConfiguration.class
    })
    static class Host {}
}
