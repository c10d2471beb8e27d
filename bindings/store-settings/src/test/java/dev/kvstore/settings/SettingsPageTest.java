package dev.kvstore.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The example and the table of docs/settings.md. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("../../docs/settings.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/kvstore/settings/SettingsPageTest.java");

    // The example: begin
    record Limits(
            @DefaultValue("100") int requests,
            @DefaultValue("1m") Duration window,
            @DefaultValue List<String> exempt) {

        Limits {
            if (requests < 1) {
                throw new IllegalArgumentException("requests must be positive");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LimitsConfiguration {

        @Bean
        KvSettings<Limits> limits(KvSettingsBinder settings) {
            return settings.bind("limits", Limits.class);
        }

        @Bean
        Gate gate(KvSettings<Limits> limits) {
            return new Gate(limits);
        }
    }

    record Gate(KvSettings<Limits> limits) {

        boolean admits(String user, int requests) {
            Limits now = limits.get(); // the same for the whole method
            return now.exempt().contains(user) || requests <= now.requests();
        }
    }
    // The example: end

    @Test
    void theExampleRuns() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(KvStoreAutoConfiguration.class, KvSettingsAutoConfiguration.class))
                .withUserConfiguration(LimitsConfiguration.class)
                .withPropertyValues("kvstore.path=:memory:")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    KvStore kv = context.getBean(KvStore.class);
                    Gate gate = context.getBean(Gate.class);
                    kv.group("limits").setAll(Map.of("requests", "7", "window", "30s", "exempt[0]", "ada"));
                    await().until(() -> gate.admits("ada", 8));
                    assertThat(gate.admits("grace", 8)).isFalse();
                    assertThat(gate.admits("grace", 7)).isTrue();
                    assertThat(gate.limits().get().window()).isEqualTo(Duration.ofSeconds(30));
                });
    }

    @Test
    void theExampleOfThePageIsTheOneThatRuns() throws IOException {
        String source = Files.readString(SOURCE).replace("static class", "class");
        String example =
                source.substring(source.indexOf("// The example: begin") + 21, source.indexOf("// The example: end"));
        String page = Files.readString(PAGE);
        assertThat(plain(page)).contains(plain(example));
        assertThat(plain(Files.readString(SOURCE)))
                .contains(plain(page.substring(page.indexOf("kv.group(\"limits\")"), page.indexOf("- **Keys**"))
                        .replace("```", "")));
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void thePageListsEachPropertyWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| `([^`]*)` \\|")
                .matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2)));
        Map<String, String> actual = new TreeMap<>();
        try (InputStream metadata =
                KvSettings.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            List<Map<String, Object>> properties = JsonPath.parse(metadata)
                    .read("$.properties[?(@.name =~ /kvstore.settings.*|management.health.kvsettings.*/)]");
            properties.forEach(property -> {
                assertThat((String) property.get("description")).matches("(?s)[A-Z].*\\.");
                actual.put((String) property.get("name"), String.valueOf(property.get("defaultValue")));
            });
        }
        assertThat(documented).isEqualTo(actual);
    }
}
