package dev.kvstore.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import com.jayway.jsonpath.JsonPath;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** A wrong configuration fails at start, with an analysis that names the property; the metadata describe each. */
@ExtendWith(OutputCaptureExtension.class)
class KvSecurityFailuresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prefix               | ''      | It must not be empty
            remember-me-validity | 0s      | It must be positive
            remember-me-validity | -1d     | It must be positive
            durability           | maximal | The following values are valid
            """)
    void theAnalysisNamesPropertyAndReason(String property, String value, String reason, CapturedOutput output) {
        SpringApplication application = new SpringApplication(Host.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatException()
                .isThrownBy(() ->
                        application.run("--kvstore.path=:memory:", "--kvstore.security." + property + "=" + value));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("kvstore.security." + property)
                .contains(reason);
    }

    @Test
    void everyPropertyHasADescriptionAndADefault() throws IOException {
        try (InputStream metadata =
                Files.newInputStream(Path.of("target/classes/META-INF/spring-configuration-metadata.json"))) {
            List<Map<String, Object>> properties = JsonPath.parse(metadata).read("$.properties");
            assertThat(properties).hasSize(4).allSatisfy(property -> {
                assertThat((String) property.get("description")).matches("(?s)[A-Z].*\\.");
                assertThat(property).containsKey("defaultValue");
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({KvStoreAutoConfiguration.class, KvSecurityAutoConfiguration.class})
    static class Host {}
}
