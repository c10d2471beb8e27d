package dev.kvstore.template;

import static dev.kvstore.secrets.Secrets.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.TemplateSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.unit.DataSize;

/** Templates that try to run code, to read secrets, or to use up memory or time. */
class HostileTemplatesTest {

    private static final TemplateSettings BOUNDED = new TemplateSettings(
            "classpath:/kvstore/templates/",
            ".txt",
            false,
            DataSize.ofKilobytes(256),
            DataSize.ofKilobytes(64),
            Duration.ofSeconds(1));

    private static final Map<String, String> GROUP = new TreeMap<>(Map.of(
            "name", "Ann",
            "path", "name",
            "markup", "[(${name})]",
            "code", "T(java.lang.System).exit(1)",
            "preprocessed", "__${name}__",
            "huge", "1e999999999",
            "long", "x".repeat(1_000),
            "digits", "9".repeat(40)));

    static Stream<Arguments> corpus() {
        try {
            String corpus = new ClassPathResource("hostile-templates.txt").getContentAsString(StandardCharsets.UTF_8);
            return Arrays.stream(corpus.split("\n"))
                    .filter(line -> !line.startsWith("//"))
                    .map(line -> line.split(" => ", 2))
                    .map(parts -> Arguments.of(parts[0], parts[1]));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest(quoteTextArguments = false)
    @MethodSource("corpus")
    void aHostileTemplateIsRefusedOrPrintsNothingOfInterest(String template, String result) {
        assertThat(outcome(template)).isEqualTo(result);
    }

    static Stream<Arguments> growing() {
        String loop = "[# th:each=\"e : ${#all}\"]";
        return Stream.of(
                Arguments.of("billion laughs", loop.repeat(12) + "[(${e.value})]" + "[/]".repeat(12)),
                Arguments.of("silent loops", loop.repeat(12) + "[/]".repeat(12)),
                Arguments.of("silent text", loop.repeat(12) + "[(${nobody})]" + "[/]".repeat(12)),
                Arguments.of("loops that never hold", loop.repeat(12) + "[# th:if=\"false\"]x[/]" + "[/]".repeat(12)),
                Arguments.of(
                        "loops in standalone elements", loop.repeat(12) + "[# th:text=\"''\" /]" + "[/]".repeat(12)),
                Arguments.of("deep loops", loop.repeat(5_000) + "[/]".repeat(5_000)),
                Arguments.of("long sums", "[# th:if=\"" + "${long}+".repeat(100) + "''\"][/]"),
                Arguments.of("sums in loops", loop.repeat(9) + "[# th:if=\"${long}+${long}\"][/]" + "[/]".repeat(9)),
                Arguments.of("substitution", "[(|" + "${long}".repeat(120) + "|)]"),
                Arguments.of("parentheses", "[(" + "(".repeat(490) + "1" + ")".repeat(490) + ")]"),
                Arguments.of("negations", "[(" + "!".repeat(990) + "true)]"),
                Arguments.of("minus signs", "[(" + "-".repeat(990) + "1)]"),
                Arguments.of("powers", "[(" + "${digits}*".repeat(80) + "1)]"),
                Arguments.of("quotients", "[(1" + "/${digits}".repeat(80) + ")]"),
                Arguments.of("choices", "[(" + "true?(".repeat(150) + "1" + "):2".repeat(99) + ")]"),
                Arguments.of("braces", "[(${" + "{".repeat(400) + "x" + "}".repeat(400) + "})]"),
                Arguments.of("steps", "[(${name" + ".a".repeat(400) + "})]"),
                Arguments.of("brackets", "[(${name" + "['a']".repeat(190) + "})]"),
                Arguments.of("pipes", "[(" + "|".repeat(999) + ")]"),
                Arguments.of("placeholders", "[(" + "§0§".repeat(300) + ")]"),
                Arguments.of("open elements", "[# th:if=\"true\"]".repeat(5_000)),
                Arguments.of("closed elements", "[/]".repeat(5_000)),
                Arguments.of("open expressions", "[(".repeat(50_000)),
                Arguments.of("open escaped expressions", "[[".repeat(50_000)),
                Arguments.of("half elements", "[#".repeat(50_000)),
                Arguments.of("half comments", "/*[".repeat(50_000)),
                Arguments.of("parser comments", "/*[/*".repeat(20_000)),
                Arguments.of("quotes", "[('".repeat(50_000)),
                Arguments.of("many attributes", "[# " + "th:if=\"1\" ".repeat(5_000) + "][/]"),
                Arguments.of("many different attributes", "[# " + different(15_000, " a%d=''") + "/]"),
                Arguments.of("many different elements", different(15_000, "[#a%d/]")),
                Arguments.of("many different elements that nest", different(15_000, "[#a%d]")),
                Arguments.of("a long comment in an element", "[# th:if='" + " ".repeat(4_085) + comment(200_000)),
                Arguments.of(
                        "comments in an element",
                        "[# th:if='" + " ".repeat(4_085) + comment(0).repeat(9_000)),
                Arguments.of("many expressions", "[(${name})]".repeat(20_000)),
                Arguments.of("many different expressions", different(9_000, "[(${key%d} ?: 'x')]")));
    }

    private static String different(int count, String format) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
    }

    private static String comment(int length) {
        return "/*[-" + "x".repeat(length) + "-]*/";
    }

    @Tag("slow")
    @Timeout(60)
    @ParameterizedTest(name = "{0}")
    @MethodSource("growing")
    void aTemplateThatGrowsEndsWithinTheLimits(String name, String template) {
        assertThat(outcome(VALUE + template)).matches("(?s)PARSE|RENDER|LIMIT|.{0,65536}");
    }

    /**
     * The output, or the kind of failure. Each check of the time advances the clock, so that no test waits for a
     * timeout.
     */
    private static String outcome(String template) {
        long[] nanos = new long[1];
        ThymeleafRenderer renderer =
                new ThymeleafRenderer(BOUNDED, new DefaultResourceLoader(), () -> nanos[0] += 10_000);
        try {
            return renderer.render(template, GROUP);
        } catch (KvTemplateException refused) {
            return refused.kind().name();
        } catch (KvLimitException limited) {
            return "LIMIT";
        }
    }
}
