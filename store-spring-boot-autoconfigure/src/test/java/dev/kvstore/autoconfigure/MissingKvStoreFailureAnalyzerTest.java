package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.kvstore.KvStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class MissingKvStoreFailureAnalyzerTest {

    @ParameterizedTest
    @ValueSource(strings = {"false", "off", "flase"})
    void theAnalysisOfADisabledStoreNamesTheProperty(String value, CapturedOutput output) {
        start(Configured.class, "kvstore.enabled=" + value);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("required a bean of type 'dev.kvstore.KvStore' that could not be found:"
                        + " the property 'kvstore.enabled' is '" + value + "'")
                .contains("MissingKvStoreFailureAnalyzerTest$Needy")
                .contains("Set 'kvstore.enabled' to true")
                .doesNotContain("Consider defining a bean");
    }

    @Test
    void theAnalysisOfAnExcludedAutoConfigurationNamesIt(CapturedOutput output) {
        start(AutoConfigured.class, "spring.autoconfigure.exclude=" + KvStoreAutoConfiguration.class.getName());

        assertThat(output)
                .contains("the auto-configuration of the store is not active in this context")
                .contains("do not exclude " + KvStoreAutoConfiguration.class.getName());
    }

    @Test
    void theAnalysisOfAContextWithoutAutoConfigurationNamesTheAnnotationForTests(CapturedOutput output) {
        start(Needy.class);

        assertThat(output)
                .contains("the auto-configuration of the store is not active in this context")
                .contains("@AutoConfigureKvStore of dev.kvstore:store-test");
    }

    @Test
    void anotherMissingBeanIsLeftToSpringBoot(CapturedOutput output) {
        start(NeedsAnother.class, "kvstore.enabled=false");

        assertThat(output).contains("Consider defining a bean of type 'java.lang.Runnable'");
    }

    private static void start(Class<?> source, String... properties) {
        SpringApplication application = new SpringApplication(source);
        application.setWebApplicationType(WebApplicationType.NONE);
        String[] arguments = new String[properties.length];
        for (int i = 0; i < properties.length; i++) {
            arguments[i] = "--" + properties[i];
        }
        assertThatException().isThrownBy(() -> application.run(arguments));
    }

    record Needy(KvStore store) {}

    record NeedsAnother(Runnable other) {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(KvStoreAutoConfiguration.class)
    @Import(Needy.class)
    static class Configured {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Needy.class)
    static class AutoConfigured {}
}
