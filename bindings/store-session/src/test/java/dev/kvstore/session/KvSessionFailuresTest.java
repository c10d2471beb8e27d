package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

/** A wrong configuration fails at start, with an analysis that names the property and what to do. */
@ExtendWith(OutputCaptureExtension.class)
class KvSessionFailuresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prefix               | ''            | It must not be empty
            cleanup-interval     | -1s           | It must not be negative; 0 turns the search for expired sessions off
            serialization-filter | maxdepth=many | It must be a pattern as in the system property 'jdk.serialFilter'
            """)
    void theAnalysisOfAnInvalidValueNamesPropertyValueAndReason(
            String property, String value, String reason, CapturedOutput output) {
        start("kvstore.session." + property + "=" + value);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("configuration property 'kvstore.session." + property + "'")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            durability       | maximal | The following values are valid
            save-mode        | never   | The following values are valid
            flush-mode       | later   | The following values are valid
            serialization    | xml     | The following values are valid
            cleanup-interval | often   | 'often' is not a valid duration
            """)
    void theAnalysisOfAnUnparsableValueNamesPropertyValueAndReason(
            String property, String value, String reason, CapturedOutput output) {
        start("kvstore.session." + property + "=" + value);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Property: kvstore.session." + property)
                .contains(reason);
    }

    @Test
    void jsonWithoutJacksonNamesTheDependency(CapturedOutput output) {
        start("kvstore.session.serialization=json", "without-jackson");

        assertThat(output)
                .contains("Invalid value 'json' for configuration property 'kvstore.session.serialization'")
                .contains("tools.jackson.core:jackson-databind");
    }

    private static void start(String... properties) {
        SpringApplication application = new SpringApplication(Host.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        if (Arrays.asList(properties).contains("without-jackson")) {
            application.setResourceLoader(new DefaultResourceLoader(new FilteredClassLoader("tools.jackson")));
        }
        String[] arguments =
                Arrays.stream(properties).map(property -> "--" + property).toArray(String[]::new);
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--kvstore.path=:memory:";
        all[arguments.length + 1] = "--server.port=0";
        assertThatException().isThrownBy(() -> application.run(all).close());
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        KvStoreAutoConfiguration.class,
        SessionAutoConfiguration.class,
        TomcatServletWebServerAutoConfiguration.class,
        KvSessionAutoConfiguration.class
    })
    static class Host {}
}
