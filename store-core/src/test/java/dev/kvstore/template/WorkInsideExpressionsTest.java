package dev.kvstore.template;

import static dev.kvstore.template.Rendered.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.TemplateSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.unit.DataSize;

/** The limits apply within one expression, and while one value is printed. */
class WorkInsideExpressionsTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int MILLION = 1_000_000;
    private static final Map<String, String> LONG = group(
            "x", "x".repeat(8 * MILLION),
            "same", "x".repeat(8 * MILLION),
            "more", "x".repeat(8 * MILLION) + "x",
            "blanks", " ".repeat(8 * MILLION),
            "markup", "<".repeat(8 * MILLION),
            "half", "x".repeat(2 * MILLION));

    private static final AtomicLong NANOS = new AtomicLong();

    /** A renderer with a limit of 200 ms whose clock advances by 5 ms at each check, so for each 65,536 characters. */
    private static ThymeleafRenderer slow(DataSize maxOutput) {
        return new ThymeleafRenderer(
                new TemplateSettings(
                        "classpath:/x/", "", false, DataSize.ofKilobytes(256), maxOutput, Duration.ofMillis(200)),
                new DefaultResourceLoader(),
                () -> NANOS.getAndAdd(5_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[# th:if=\"${x} == ${same}\"/]",
                "[# th:if=\"${x} != ${same}\"/]",
                "[# th:if=\"${x} < ${more}\"/]",
                "[# th:if=\"${x} >= ${more}\"/]",
                "[# th:if=\"${blanks}\"/]",
                "[# th:if=\"not ${blanks}\"/]",
                "[# th:if=\"${half} + ${half} + ${half}\"/]",
                "[# th:if=\"|${half} ${half} ${half}|\"/]",
                "[# th:switch=\"${x}\"][# th:case=\"${same}\"/][/]",
                "[(${x})]",
                "[[${x}]]",
                "[[${markup}]]"
            })
    void theTimeLimitAppliesWithinAnExpression(String template) {
        assertThatThrownBy(() -> slow(DataSize.ofMegabytes(100)).render(template, LONG))
                .isInstanceOfSatisfying(
                        KvTemplateException.class, e -> assertThat(e.kind()).isEqualTo(KvTemplateException.Kind.RENDER))
                .hasMessageContaining("it takes longer than 200 ms (template.timeout)");
    }

    @Test
    void shortWorkIsNotInterrupted() {
        assertThat(slow(DataSize.ofMegabytes(1))
                        .render("[# th:if=\"${a} == ${a} and ${a} < 'b'\"][[${a}]][/]", group("a", "a")))
                .isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"", "<", "&", "é", "x"})
    void escapingEndsAtTheLimitOfTheOutput(String character) {
        Map<String, String> group = Map.of("x", character.repeat(16 * MILLION));
        assertThat(allocatedBy("[[${x}]]", group)).isLessThan(30L * MILLION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(${x})]",
                "[# th:if=\"${x} == ${same} and ${x} < ${more}\"][/]",
                "[# th:if=\"${blanks}\"][/]",
                "[# th:if=\"${x} + ${x}\"][/]",
                "[# th:if=\"(${half}+${half})==((${half}+${half})==((${half}+${half})==1))\"][/]",
                "[# th:if=\"(${half}+(${half}+(${half}+(${half}+(${half}+${half})))))\"][/]"
            })
    void valuesAreNotCopiedBeyondTheLimitOfTheOutput(String template) {
        assertThat(allocatedBy(template, LONG)).isLessThan(30L * MILLION);
    }

    @Test
    void nestedSwitchesHoldNoMoreTextThanTheMaximumOutput() {
        String switches = "[# th:switch=\"${half} + '!'\"]".repeat(50) + "[/]".repeat(50);
        assertThatThrownBy(() -> unhurried().render(switches, LONG))
                .isInstanceOf(KvLimitException.class)
                .hasMessageContaining("template.maxOutput");
    }

    @Test
    void anExpressionConcatenatesNoMoreTextThanTheMaximumOutput() {
        assertThat(whole("[# th:if=\"(${half} + '') == (${half} + '')\"]same[/]"))
                .isEqualTo("same");
        assertThatThrownBy(() -> whole("[# th:if=\"(${half} + '') == (${half} + '') == ('' + ${half})\"][/]"))
                .isInstanceOf(KvLimitException.class);
    }

    private static String whole(String template) {
        return unhurried().render(template, LONG);
    }

    /** A renderer whose clock stands still, so that no rendering times out on a busy machine. */
    private static ThymeleafRenderer unhurried() {
        return new ThymeleafRenderer(TemplateSettings.DEFAULTS, new DefaultResourceLoader(), () -> 0);
    }

    /** Renders with a limit of 4 MB, and returns the allocated bytes, whether or not the rendering was refused. */
    private static long allocatedBy(String template, Map<String, String> group) {
        ThymeleafRenderer renderer = unhurried();
        renderer.render("[[${y}]]", Map.of());
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        try {
            renderer.render(template, group);
        } catch (KvLimitException tooLong) {
            assertThat(tooLong).hasMessageContaining("template.maxOutput");
        }
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
