package dev.kvstore.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kvstore.KvTemplateException;
import dev.kvstore.TemplateSettings;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.DefaultResourceLoader;

/** The work of a rendering grows linearly with the length of its template, whatever the template contains. */
@Tag("slow")
class GrowthTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int TIMES = 4;

    /** With four times the length, linear work takes four times as long, quadratic work sixteen times. */
    private static final int MAX_FACTOR = 9;

    /** The cost of first calls, which would distort the comparison of small amounts. */
    private static final long FIRST_NANOS = 3_000_000;

    private static final long FIRST_BYTES = 300_000;
    private static final int RUNS = 5;

    private static final Map<String, String> GROUP = Map.of(
            "a", "1", "t", "x".repeat(100), "d", "9".repeat(40) + "." + "9".repeat(40), "k", "1" + "0".repeat(39));

    static Stream<Arguments> expressions() {
        Stream<Arguments> operators = Stream.of(
                        "+", "-", " - ", "*", "/", "%", "==", "!=", "<", ">=", " and ", " or ", "?:", "?", ":", " lt ",
                        "==!", "+-", "-!-", ",", " ", "§", "\\")
                .map(operator -> growing("operator " + operator, 40, n -> "${a}" + (operator + "${a}").repeat(n)));
        return Stream.concat(
                operators,
                Stream.of(
                        growing("quoted text", 240, n -> "'" + "x".repeat(n) + "'"),
                        growing("backslashes", 240, n -> "'" + "\\".repeat(n) + "'"),
                        growing("quotes", 240, "'"::repeat),
                        growing("pipes", 240, "|"::repeat),
                        growing("substitution", 40, n -> "|" + "x${a}".repeat(n) + "|"),
                        growing("number", 240, n -> "9".repeat(n) + "*2"),
                        growing("word", 240, "x"::repeat),
                        growing("word of minus signs", 240, n -> "-".repeat(n) + "1"),
                        growing("word of minus signs and letters", 120, n -> "b c" + "-a".repeat(n)),
                        growing("word of points", 240, "."::repeat),
                        growing("minus signs", 120, n -> "- ".repeat(n) + "1"),
                        growing("minus signs in a malformed expression", 60, n -> "1" + " - 1".repeat(n) + " x"),
                        growing("negations", 240, n -> "!".repeat(n) + "true"),
                        growing("negations as words", 60, n -> "not ".repeat(n) + "true"),
                        growing("parentheses", 120, n -> "(".repeat(n) + "1" + ")".repeat(n)),
                        growing("unclosed parentheses", 240, n -> "(".repeat(n) + "1"),
                        growing("choices", 22, n -> "1?(".repeat(n) + "1" + "):2".repeat(n)),
                        growing("defaults", 20, n -> "(${n}?:".repeat(n) + "'x'" + ")".repeat(n)),
                        growing("braces", 120, n -> "${" + "{".repeat(n) + "x" + "}".repeat(n) + "}"),
                        growing("references within references", 80, n -> "${".repeat(n) + "x" + "}".repeat(n)),
                        growing("steps", 120, n -> "${a" + ".a".repeat(n) + "}"),
                        growing("steps in brackets", 45, n -> "${#all" + "['a']".repeat(n) + "}"),
                        growing("key", 240, n -> "${" + "x".repeat(n) + "}"),
                        growing("sum of texts", 45, n -> "${t}" + "+${t}".repeat(n)),
                        growing("sum of sums of texts", 35, n -> "(${t}+".repeat(n) + "''" + ")".repeat(n)),
                        growing("product of long numbers", 45, n -> "${d}" + "*${d}".repeat(n)),
                        growing("quotient of long numbers", 45, n -> "1" + "/${d}".repeat(n)),
                        growing("quotient with many places", 45, n -> "1/(${k}" + "*${k}".repeat(n) + ")")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expressions")
    void theWorkOfAnExpressionIsLinearInItsLength(String name, int length, IntFunction<String> expression) {
        assertGrowth(length, n -> "[# th:if=\"" + expression.apply(n) + "\"/]");
    }

    static Stream<Arguments> markup() {
        String loop = "[# th:each=\"e : ${#all}\"]";
        return Stream.of(
                growing("text", 60_000, "x"::repeat),
                growing("lines", 60_000, "\n"::repeat),
                growing("outputs", 4_000, "[(${a})]"::repeat),
                growing("escaped outputs", 4_000, "[[${a}]]"::repeat),
                growing("different outputs", 4_000, n -> different("[(${k%d})]", n)),
                growing("conditions", 2_000, "[# th:if=\"${a}\"]x[/]"::repeat),
                growing("loops", 1_000, (loop + "x[/]")::repeat),
                growing("cases", 1_500, n -> "[# th:switch=\"1\"]" + "[# th:case=\"2\"]x[/]".repeat(n) + "[/]"),
                growing("elements in a replaced body", 4_000, n -> "[# th:text='1']" + "[#/]".repeat(n) + "[/]"),
                growing("nested loops", 500, n -> nested(loop, n)),
                growing("nested loops and conditions", 500, n -> nested(loop + "[# th:if='1']", "[/][/]", n)),
                growing("nested switches", 1_500, n -> nested("[# th:switch=\"${a}\"]", n)),
                growing("nested conditions", 1_500, n -> nested("[# th:if=\"${a}\"]", n)),
                growing("nested elements", 5_000, n -> nested("[#]", n)),
                growing("unclosed elements", 5_000, "[#]"::repeat),
                growing("unopened elements", 15_000, "[/]"::repeat),
                growing("one repeated attribute", 4_000, n -> "[# " + "th:if=\"1\" ".repeat(n) + "/]"),
                growing("distinct attributes", 6_000, n -> "[#" + different(" a%d=''", n) + "/]"),
                growing("distinct elements", 6_000, n -> different("[#e%d/]", n)),
                growing("distinct closing elements", 6_000, n -> different("[/e%d]", n)),
                growing("blanks in an element", 60_000, n -> "[# th:if='1'" + " ".repeat(n) + "/]"),
                growing("an attribute value", 60_000, n -> "[# th:if='" + " ".repeat(n) + "1'/]"),
                growing("a loop's name", 60_000, n -> "[# th:each='" + "a".repeat(n) + " : ${#all}'/]"),
                growing("blanks in a loop", 60_000, n -> "[# th:each='a" + " ".repeat(n) + "b : ${#all}'/]"),
                growing("commas in a loop", 30_000, n -> "[# th:each='" + "a,".repeat(n) + "'/]"),
                growing("an unclosed element", 60_000, n -> "[# th:if='" + " ".repeat(n)),
                growing("half elements", 30_000, "[#"::repeat),
                growing("half elements with a name", 20_000, "[#a"::repeat),
                growing("half closing elements", 20_000, "[/a"::repeat),
                growing("half outputs", 30_000, "[("::repeat),
                growing("half escaped outputs", 30_000, "[["::repeat),
                growing("half outputs with a quote", 20_000, "[('"::repeat),
                growing("closing brackets", 30_000, ")]"::repeat),
                growing("half comments", 20_000, "/*["::repeat),
                growing("comments", 8_000, "/*[--]*/"::repeat),
                growing("comments in an element", 7_000, n -> "[# th:if='" + "/*[--]*/".repeat(n) + "1'/]"),
                growing("slashes", 60_000, "/"::repeat));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("markup")
    void theWorkOfMarkupIsLinearInItsLength(String name, int length, IntFunction<String> template) {
        assertGrowth(length, template);
    }

    private static Arguments growing(String name, int length, IntFunction<String> text) {
        return Arguments.of(name, length, text);
    }

    private static String nested(String element, int count) {
        return nested(element, "[/]", count);
    }

    private static String nested(String element, String closing, int count) {
        return element.repeat(count) + closing.repeat(count);
    }

    private static String different(String format, int count) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
    }

    private static void assertGrowth(int length, IntFunction<String> template) {
        String shorter = template.apply(length);
        String longer = template.apply(TIMES * length);
        long nanos = least(shorter, THREADS::getCurrentThreadCpuTime);
        long bytes = least(shorter, GrowthTest::allocated);
        assertThat(least(longer, GrowthTest::allocated))
                .as("bytes, and %d for a quarter of the length", bytes)
                .isLessThan(MAX_FACTOR * (bytes + FIRST_BYTES));
        assertThat(least(longer, THREADS::getCurrentThreadCpuTime))
                .as("nanoseconds of CPU time, and %d for a quarter of the length", nanos)
                .isLessThan(MAX_FACTOR * (nanos + FIRST_NANOS));
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** The minimum over several renderings, because other work of the JVM only adds to the measurement. */
    private static long least(String template, LongSupplier measure) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            ThymeleafRenderer renderer =
                    new ThymeleafRenderer(TemplateSettings.DEFAULTS, new DefaultResourceLoader(), () -> 0);
            renderer.render("", GROUP);
            long before = measure.getAsLong();
            try {
                renderer.render(template, GROUP);
            } catch (KvTemplateException refused) {
                assertThat(refused).hasMessageNotContaining("template.timeout");
            }
            least = Math.min(least, measure.getAsLong() - before);
        }
        return least;
    }
}
