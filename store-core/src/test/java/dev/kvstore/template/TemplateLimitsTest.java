package dev.kvstore.template;

import static dev.kvstore.template.Rendered.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.TemplateSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.unit.DataSize;

class TemplateLimitsTest {

    private static final TemplateSettings SMALL = new TemplateSettings(
            "classpath:/kvstore/templates/",
            ".txt",
            false,
            DataSize.ofBytes(100),
            DataSize.ofBytes(20),
            Duration.ofSeconds(5));

    private static final TemplateSettings SMALL_OUTPUT = new TemplateSettings(
            "classpath:/x/", "", false, DataSize.ofKilobytes(10), DataSize.ofKilobytes(10), Duration.ofSeconds(5));

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);

    private static String render(String template, Map<String, String> group) {
        return new ThymeleafRenderer(SMALL).render(template, group);
    }

    /** A renderer whose clock advances by a millisecond at each check of the time. */
    private ThymeleafRenderer ticking() {
        return ticking(Duration.ofMillis(1));
    }

    private ThymeleafRenderer ticking(Duration step) {
        return new ThymeleafRenderer(
                TemplateSettings.DEFAULTS, new DefaultResourceLoader(), () -> nanos.getAndAdd(step.toNanos()));
    }

    @Test
    void aTemplateCanBeAsLongAsTheLimitInUtf8Bytes() {
        String template = "[# th:if=\"false\"]" + "é".repeat(40) + "[/]";
        assertThat(render(template, Map.of())).isEmpty();
        assertThatThrownBy(() -> render(template + "x", Map.of()))
                .isInstanceOf(KvLimitException.class)
                .hasMessage("The template is longer than 100 bytes (template.maxLength). "
                        + "Shorten it, or raise the limit.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890",
                "\u007f1234567890123456789",
                "\u0080\u0080\u0080\u0080éé\u07ff\u07ff\u07ff\u07ff",
                "\u0800\u0800\u0800\u0800€€ab",
                "😀😀😀😀😀"
            })
    void theOutputCanBeAsLongAsTheLimitInUtf8Bytes(String value) {
        assertThat(render("[(${x})]", group("x", value))).isEqualTo(value);
        assertThatThrownBy(() -> render("[(${x})]y", group("x", value)))
                .isInstanceOf(KvLimitException.class)
                .hasNoCause()
                .hasMessage("The output of the template is longer than 20 bytes (template.maxOutput). "
                        + "Print less, or raise the limit.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text that is longer than the limit of the output",
                "[[${x}]][[${x}]]",
                "[# th:each=\"e : ${#all}\"]longer than the limit[/]",
                "[# th:if=\"${x} + ${x} + ${x}\"][/]",
                "[# th:if=\"|${x} ${x} ${x}|\"][/]"
            })
    void everyKindOfOutputIsLimited(String template) {
        assertThatThrownBy(() -> render(template, group("x", "<><><><>")))
                .isInstanceOf(KvLimitException.class)
                .hasMessageContaining("template.maxOutput");
    }

    @Test
    void aSumCanBeAsLongAsTheOutput() {
        assertThat(render("[('1234567890' + ${x})]", group("x", "1234567890"))).hasSize(20);
    }

    @Test
    void aRenderingEndsWhenItsTimeIsUp() {
        Map<String, String> group = numbered(5_001);
        assertThatThrownBy(() -> ticking().render("[# th:each=\"e : ${#all}\"][/]", group))
                .isInstanceOfSatisfying(
                        KvTemplateException.class, e -> assertThat(e.kind()).isEqualTo(KvTemplateException.Kind.RENDER))
                .hasMessageContaining("it takes longer than 5000 ms (template.timeout)");
    }

    @Test
    void aRenderingWithinItsTimeSucceeds() {
        assertThat(ticking().render("[# th:each=\"e : ${#all}\"][/]", numbered(4_990)))
                .isEmpty();

        TemplateSettings settings = TemplateSettings.DEFAULTS;
        long allowed = settings.timeout().toNanos();
        assertThat(after(allowed).render("[(${x})]", group("x", "1"))).isEqualTo("1");
        assertThatThrownBy(() -> after(allowed + 1).render("[(${x})]", group("x", "1")))
                .hasMessageContaining("template.timeout");
    }

    /** A renderer for which this many nanoseconds pass at the start of the rendering. */
    private static ThymeleafRenderer after(long passed) {
        AtomicLong checks = new AtomicLong();
        return new ThymeleafRenderer(
                TemplateSettings.DEFAULTS,
                new DefaultResourceLoader(),
                () -> checks.getAndIncrement() == 0 ? 0 : passed);
    }

    @Test
    void loopsWithoutOutputEnd() {
        String loops = "[# th:each=\"e : ${#all}\"]".repeat(20) + "[/]".repeat(20);
        assertThatThrownBy(() -> ticking().render(loops, numbered(10))).hasMessageContaining("template.timeout");
    }

    @Test
    void loopsWithMuchOutputEnd() {
        String loops = "[# th:each=\"e : ${#all}\"]".repeat(20) + "[(${e.value})]" + "[/]".repeat(20);
        assertThatThrownBy(() -> new ThymeleafRenderer(SMALL_OUTPUT).render(loops, numbered(10)))
                .isInstanceOf(KvLimitException.class);
    }

    @Test
    void expressionsWithoutOutputEnd() {
        String expressions = "[# th:if=\"${x}\"][/]".repeat(10_000);
        assertThatThrownBy(() -> ticking().render(expressions, Map.of())).hasMessageContaining("template.timeout");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30_000})
    void aTemplateThatThymeleafReadsCharacterByCharacterEnds(int longerThanTheCacheTakes) {
        // Thymeleaf's buffer has room for one more character, and it rescans the buffer for each.
        String full = "[# th:if='" + " ".repeat(2_037);
        String template = full + "/*[-" + "x".repeat(5_001 + longerThanTheCacheTakes) + "-]*/'/]";
        assertThatThrownBy(() -> ticking().render(template, Map.of()))
                .isInstanceOfSatisfying(
                        KvTemplateException.class, e -> assertThat(e.kind()).isEqualTo(KvTemplateException.Kind.RENDER))
                .hasMessage("Could not render the template: it takes longer than 5000 ms (template.timeout)");
    }

    @Test
    void aLongTemplateIsReadInPieces() {
        String text = "x".repeat(200_000);
        assertThatThrownBy(() -> ticking(Duration.ofMillis(600)).render(text, Map.of()))
                .hasMessageContaining("template.timeout");
        assertThat(ticking(Duration.ofMillis(50)).render(text, Map.of())).isEqualTo(text);
    }

    @Test
    void aParsedTemplateIsCached() {
        ThymeleafRenderer renderer = ticking();
        long first = checks(renderer);
        assertThat(checks(renderer)).isPositive().isLessThan(first);
    }

    private long checks(ThymeleafRenderer renderer) {
        long before = nanos.get();
        renderer.render("[(${x})]", group("x", "y"));
        return (nanos.get() - before) / 1_000_000;
    }

    @Test
    void aVeryLongExpressionIsRefused() {
        assertThatThrownBy(() -> Rendered.rendered("[(" + "(".repeat(600) + "1" + ")".repeat(600) + ")]"))
                .hasMessageContaining("an expression is longer than 1000 characters");
        assertThat(Rendered.rendered("[('" + "x".repeat(998) + "')]")).hasSize(998);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - 1",
                "b c-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a",
                "\\ - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - 1",
                "${{ ' } } - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - '"
            })
    void malformedMinusSignsAreRefusedAtOnce(String expression) {
        assertThatThrownBy(() -> ticking().render("[# th:text=\"" + expression + "\"/]", Map.of()))
                .isInstanceOf(KvTemplateException.class)
                .hasMessageEndingWith("an expression does not parse");
    }

    @Test
    void anExpressionCanConsistOfManyMinusSigns() {
        String dashes = "-".repeat(400);
        assertThat(Rendered.rendered("[('" + dashes + "' + ${" + dashes + "} + 'x')]", dashes, "1"))
                .isEqualTo(dashes + "1x");
        assertThat(Rendered.rendered("[(|<" + dashes + ">|)]")).isEqualTo("<" + dashes + ">");
        assertThat(Rendered.rendered("[(200" + " - 1".repeat(200) + ")]")).isEqualTo("0");
    }

    @Test
    void loopsNestUpTo100Deep() {
        String loop = "[# th:each=\"e : ${#all}\"]";
        assertThat(Rendered.rendered(loop.repeat(100) + "x" + "[/]".repeat(100), "a", "1"))
                .isEqualTo("x");
        assertThatThrownBy(() -> Rendered.rendered("\n " + loop.repeat(101) + "x" + "[/]".repeat(101), "a", "1"))
                .isInstanceOf(KvTemplateException.class)
                .hasMessage("Could not render the template at line 2, column 2502: loops nest deeper than 100");
    }

    @Test
    void loopsThatDoNotNestAreNotLimited() {
        String loops = "[# th:each=\"e : ${#all}\"]x[/][# th:each=\"e : ${#all}\" th:text=\"${e.key}\"/]".repeat(200);
        assertThat(Rendered.rendered("[# th:if=\"true\"]" + loops + "[/]", "a", "1"))
                .isEqualTo("xa".repeat(200));
    }

    @Test
    void elementsNestUpTo2000Deep() {
        assertThat(Rendered.rendered("[#]".repeat(2_000) + "x" + "[/]".repeat(2_000)))
                .isEqualTo("x");
        assertThat(Rendered.rendered("[#]x[/]".repeat(2_001) + "[#/]".repeat(2_001)))
                .isEqualTo("x".repeat(2_001));
        assertThatThrownBy(() -> Rendered.rendered("[#]".repeat(2_001) + "x" + "[/]".repeat(2_001)))
                .isInstanceOf(KvTemplateException.class)
                .hasMessage("Could not render the template at line 1, column 6001: elements nest deeper than 2000");
    }

    @Test
    void parenthesesNestedTooDeepForTheStackAreATemplateError() throws InterruptedException {
        assertThat(onSmallStack("[(" + "(1+1*(1<".repeat(110) + "1" + "))".repeat(50) + ")]"))
                .isInstanceOf(KvTemplateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[# th:if=\"${a}\"]", "[# th:unless=\"${b}\"]", "[# th:switch=\"1\"]", "[# ]", "[#th:block]"})
    void nestedElementsNeedLittleStack(String element) throws InterruptedException {
        String closing = element.contains("block") ? "[/th:block]" : "[/]";
        assertThat(onSmallStack(element.repeat(2_000) + "x" + closing.repeat(2_000)))
                .isEqualTo("x");
    }

    private static Object onSmallStack(String template) throws InterruptedException {
        Object[] result = new Object[1];
        Thread small = new Thread(null, () -> result[0] = outcome(template), "small stack", 128 * 1024);
        small.start();
        small.join();
        return result[0];
    }

    private static Object outcome(String template) {
        try {
            return Rendered.rendered(template, "a", "1");
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    private static Map<String, String> numbered(int count) {
        Map<String, String> group = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            group.put("key" + i, "value" + i);
        }
        return group;
    }
}
