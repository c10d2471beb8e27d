package dev.kvstore.template;

import static dev.kvstore.template.Rendered.rendered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kvstore.KvTemplateException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.TemplateSpec;
import org.thymeleaf.context.Context;
import org.thymeleaf.engine.AttributeNames;
import org.thymeleaf.engine.ElementNames;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** Thymeleaf keeps every parsed name until the JVM ends, so that names that are not allowed must not reach it. */
class NamesOfMarkupTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "never-seen-" + COUNT.incrementAndGet();

    static List<String> elementsAndAttributes() {
        return List.of(
                "[# NAME/]",
                "[# NAME=''/]",
                "[# NAME]x[/]",
                "[#\nNAME = \"1\" ]x[/]",
                "[# th:if='1' NAME=''/]",
                "[# th:if='1'NAME/]",
                "[# th:if NAME/]",
                "[#th:block NAME='1'/]",
                "[#NAME/]",
                "[#NAME]x[/NAME]",
                "[#NAME th:if='1']x[/NAME]",
                "/*[# NAME=''/]*/",
                "/*[-[#]-]*/[#NAME/]",
                "[# th:if='false'][# NAME=''/][/]",
                "[# th:if='false'][#NAME/][/]",
                "[# th:text='1'][#NAME/][/]",
                "[(${x} ?: '[#NAME/]')]",
                "[[${x} + '[# NAME=1/]']]",
                "[# th:if=\"'[#x/]'\"][#NAME/][/]",
                " ".repeat(40_000) + "[#NAME/]",
                " ".repeat(40_000) + "[# th:if='false'][# NAME=''/][/]");
    }

    @ParameterizedTest
    @MethodSource("elementsAndAttributes")
    void aNameThatIsNotAllowedIsRefusedAndNotKept(String template) {
        assertThatThrownBy(() -> rendered(template.replace("NAME", name)))
                .isInstanceOfSatisfying(
                        KvTemplateException.class, e -> assertThat(e.kind()).isEqualTo(KvTemplateException.Kind.RENDER))
                .hasMessageContaining(" is not allowed: only ");
        assertThat(isKept(name)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("elementsAndAttributes")
    void thymeleafItselfWouldKeepTheName(String template) {
        Throwable failure = catchThrowable(() -> renderPlainly(template.replace("NAME", name)));
        assertThat(isKept(name)).as("after %s", failure).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x[/NAME]",
                "[#][/NAME]",
                "[#NAME",
                "[# NAME='1'",
                "[# ='NAME'/]",
                "[# ='1' NAME/]",
                "[# th:if='1' th:if='1' NAME=''/]"
            })
    void thymeleafKeepsNoNameOfMalformedMarkup(String template) {
        Throwable failure = catchThrowable(() -> renderPlainly(template.replace("NAME", name)));
        assertThat(isKept(name)).as("after %s", failure).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x[/NAME]", "[#][/NAME]", "[#NAME", "[# NAME='1'", "[# ='NAME'/]", "[# ='1' NAME/]"})
    void malformedMarkupIsStillAParseError(String template) {
        assertThatThrownBy(() -> rendered(template))
                .isInstanceOfSatisfying(
                        KvTemplateException.class, e -> assertThat(e.kind()).isEqualTo(KvTemplateException.Kind.PARSE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[NAME]",
                "[-#NAME]",
                "[#-NAME]",
                "[#{NAME}]",
                "/*[-[#NAME/]-]*/",
                "[# th:if=\"'[#NAME/]'\"/]",
                "[# th:if = '|[# NAME]|' /]",
                "[('NAME')]",
                "[[${NAME}]]",
                "[# th:each='NAME : ${#all}'/]"
            })
    void textThatIsNotANameIsAllowed(String template) {
        rendered(template.replace("NAME", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[# th:if='1'][# th:text='ok'/][/]",
                "[# th:if='1'th:text='ok'/]",
                "[# th:if=1 th:text = \"'ok'\" /]",
                "[#\tth:if\n=\u2003'1']ok[/\u001C]",
                "[#th:block th:text=ok /]",
                "[#th:block th:text='|ok|'][/th:block ]"
            })
    void allowedMarkupRendersWithAnySpacing(String template) {
        assertThat(rendered(template)).isEqualTo("ok");
    }

    @Test
    void theErrorHasThePositionOfTheName() {
        assertThatThrownBy(() -> rendered("one\n two [# th:if='1'\n  x='2']"))
                .hasMessageStartingWith("Could not render the template at line 3, column 3: an attribute");
        assertThatThrownBy(() -> rendered("one\n two [#x]"))
                .hasMessageStartingWith("Could not render the template at line 2, column 6: an element");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[#x]y[/x]", "[# x='1']y[/]", "[# th:with='x=1']y[/]"})
    void aNameThatTheCheckWouldMissIsRefusedDuringProcessing(String template) {
        Throwable failure = catchThrowable(() -> renderPlainly(template));
        assertThat(TemplateFailure.of(failure, "the template")).hasMessageContaining(" is not allowed: only ");
    }

    /** Renders with the same dialect, but without the check of names before parsing. */
    private static void renderPlainly(String template) {
        StringTemplateResolver texts = new StringTemplateResolver();
        texts.setTemplateMode(TemplateMode.TEXT);
        TemplateEngine engine = new TemplateEngine();
        engine.setTemplateResolver(texts);
        engine.setDialect(new RestrictedDialect());
        Rendering rendering = new Rendering(Map.of(), TemplateLimits.DEFAULTS, () -> 0);
        Context context = new Context(Locale.ROOT, Map.of(Rendering.VARIABLE, rendering));
        engine.getConfiguration()
                .getTemplateManager()
                .parseAndProcess(new TemplateSpec(template, TemplateMode.TEXT), context, Writer.nullWriter());
    }

    /** Whether Thymeleaf returns another instance than its argument, which means that it has kept the name. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    private static boolean isKept(String name) {
        String attribute = new String(name.toCharArray());
        String element = new String(name.toCharArray());
        return AttributeNames.forTextName(attribute).getAttributeName() != attribute
                || ElementNames.forTextName(element).getElementName() != element;
    }
}
