package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KvStorePropertyFailureTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            purge-interval      | -1s         | It must not be negative; 0 turns the purge off
            busy-timeout        | -5s         | It must not be negative
            readers             | 0           | It must be between 1 and 64
            readers             | 65          | It must be between 1 and 64
            max-key-size        | 0B          | It must be between 1B and 1MB
            max-value-size      | 513MB       | It must be between 1B and 512MB
            path                | ''          | It must name a file, or be ':memory:'
            path                | data/       | It names a directory: add the name of the file
            path                | ' a.db'     | It must not begin or end with a blank
            path                | 'a.db '     | It must not begin or end with a blank
            changes.retention   | 0s          | It must be positive
            changes.max-size    | 0B          | It must be at least 1B
            template.prefix     | classpath:x | It must be a resource location that ends in a slash
            template.max-length | 0B          | It must be at least 1B and less than 2GB
            template.max-output | 2GB         | It must be at least 1B and less than 2GB
            template.timeout    | 0s          | It must be longer than 0
            """)
    void theAnalysisOfAValueOutOfRangeNamesPropertyValueAndReason(
            String property, String value, String reason, CapturedOutput output) {
        start("kvstore." + property + "=" + value);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Invalid value '" + value + "' for configuration property 'kvstore." + property + "'")
                .contains(reason);
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            busy-timeout     | abc    | 'abc' is not a valid duration
            purge-interval   | 60 s   | '60 s' is not a valid duration
            durability       | maximal| The following values are valid
            readers          | many   | For input string: "many"
            max-value-size   | huge   | 'huge' does not match data size pattern
            changes.retention| long   | 'long' is not a valid duration
            json.mapper      | theirs | The following values are valid
            read-only        | maybe  | Invalid boolean value 'maybe'
            template.timeout | soon   | 'soon' is not a valid duration
            """)
    void theAnalysisOfAnUnparsableValueNamesPropertyValueAndReason(
            String property, String value, String reason, CapturedOutput output) {
        start("kvstore." + property + "=" + value);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Property: kvstore." + property)
                .contains("Value: \"" + value + "\"")
                .contains(reason);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theAnalysisNamesThePropertyInItsDocumentedForm(CapturedOutput output) {
        start("kvstore.busyTimeout=-5s");
        assertThat(output).contains("Invalid value '-5s' for configuration property 'kvstore.busy-timeout'");
    }

    @Test
    void theAnalysisOfAnInvalidPathNamesTheProperty(CapturedOutput output) {
        start("kvstore.path=kv\0store.db");
        assertThat(output).contains("configuration property 'kvstore.path'").contains("It is not a valid path: ");
    }

    @Test
    void theAnalysisOfAReadOnlyStoreInMemoryNamesBothProperties(CapturedOutput output) {
        start("kvstore.path=:memory:", "kvstore.read-only=true");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Invalid value 'true' for configuration property 'kvstore.read-only'")
                .contains("Set 'kvstore.path', which is ':memory:', to a file, or 'kvstore.read-only' to false");
    }

    @Test
    void theAnalysisOfARenamedPropertyNamesTheNewName(CapturedOutput output) {
        start("kvstore.cache.enabled=true");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Invalid value 'true' for configuration property 'kvstore.cache.enabled'")
                .contains("It was renamed to 'kvstore.near-cache.enabled'");
        start("kvstore.cache.maxSize=8MB");
        assertThat(output)
                .contains("Invalid value '8MB' for configuration property 'kvstore.cache.max-size'")
                .contains("It was renamed to 'kvstore.near-cache.max-size'");
    }

    @Test
    void aNearCacheWithoutSizeIsRefused(CapturedOutput output) {
        start("kvstore.near-cache.enabled=true", "kvstore.near-cache.max-size=0B");
        assertThat(output)
                .contains("Invalid value '0B' for configuration property 'kvstore.near-cache.max-size'")
                .contains("must be at least 1B");
    }

    private void start(String... properties) {
        String[] all = new String[properties.length + 1];
        all[0] = "spring.main.banner-mode=off";
        System.arraycopy(properties, 0, all, 1, properties.length);
        assertThatException().isThrownBy(() -> Starts.with(all));
    }
}
