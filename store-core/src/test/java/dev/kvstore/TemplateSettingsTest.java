package dev.kvstore;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.template.ThymeleafRenderer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

@NullUnmarked
class TemplateSettingsTest {

    private static final DataSize SIZE = DataSize.ofBytes(1);
    private static final Duration TIME = Duration.ofMillis(1);

    private static TemplateSettings settings(
            String prefix, String suffix, DataSize maxLength, DataSize maxOutput, Duration timeout) {
        return new TemplateSettings(prefix, suffix, false, maxLength, maxOutput, timeout);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "classpath:/templates", "file:"})
    void aPrefixIsALocationThatEndsInASlash(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(prefix, "", SIZE, SIZE, TIME))
                .withMessageContaining("prefix");
    }

    @Test
    void aSuffixIsNotNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("x/", null, SIZE, SIZE, TIME))
                .withMessageContaining("suffix");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(longs = {0, -1, Integer.MAX_VALUE + 1L})
    void aSizeIsPositiveAndFitsAnArray(Long bytes) {
        DataSize size = bytes == null ? null : DataSize.ofBytes(bytes);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("x/", "", size, SIZE, TIME))
                .withMessageContaining("maxLength");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("x/", "", SIZE, size, TIME))
                .withMessageContaining("maxOutput");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(longs = {0, -1})
    void aTimeoutIsPositive(Long nanos) {
        Duration timeout = nanos == null ? null : Duration.ofNanos(nanos);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("x/", "", SIZE, SIZE, timeout))
                .withMessageContaining("timeout");
    }

    @Test
    void theLargestLimitsAreAllowedAndWork() {
        DataSize largest = DataSize.ofBytes(Integer.MAX_VALUE);
        TemplateSettings settings = settings("x/", "", largest, largest, Duration.ofSeconds(Long.MAX_VALUE));
        assertThatCode(() -> new ThymeleafRenderer(settings).render("[# th:if=\"${a}\"][/]", Map.of()))
                .doesNotThrowAnyException();
    }
}
