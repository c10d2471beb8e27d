package dev.kvstore.template;

import static dev.kvstore.template.Rendered.rendered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvstore.KvTemplateException;
import dev.kvstore.KvTemplateException.Kind;
import dev.kvstore.TemplateSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class TemplateErrorsTest {

    private static KvTemplateException failure(String template) {
        return catchThrowableOfType(KvTemplateException.class, () -> rendered(template, "a", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[# th:if=\"${a}\"]",
                "x[/]",
                "[# th:if=\"${a}\" th:if=\"${a}\"]x[/]",
                "[#th:block][/th:other]",
                "[# th:if=\"${a}\"][/th:block]",
                "[# th:each=\"e : ${#all}\"][(${e.key})]"
            })
    void malformedMarkupIsAParseError(String template) {
        assertThat(failure(template).kind()).isEqualTo(Kind.PARSE);
    }

    @Test
    void malformedMarkupOfALargeTemplateIsAParseError() {
        assertThat(failure(" ".repeat(100_000) + "[(${a})][/]").kind()).isEqualTo(Kind.PARSE);
        assertThat(failure(" ".repeat(100_000) + "[(${a b()})]").kind()).isEqualTo(Kind.RENDER);
    }

    @Test
    void aParseErrorHasThePosition() {
        assertThat(failure("one\n two[/]"))
                .hasMessage("Could not parse the template at line 2, column 5: "
                        + "an element is not well-formed, never closed, or closed without being opened");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*[-", "/*[-]*/", "/*[- -]*", "/*[-[#x]", "/*[--/*[-", "/*[--]*//*[-", "[# /*[-"})
    void anUnclosedCommentIsAParseError(String template) {
        assertThat(failure(template).kind()).isEqualTo(Kind.PARSE);
        assertThat(failure(" ".repeat(100_000) + template).kind()).isEqualTo(Kind.PARSE);
    }

    @Test
    void theErrorForAnUnclosedCommentHasItsPosition() {
        assertThat(failure("one\n two /*[- three\n"))
                .hasMessage("Could not parse the template at line 2, column 6: a comment is never closed");
    }

    @Test
    void aRenderErrorHasThePositionOfTheExpression() {
        assertThat(failure("one\n two [(${a} +)]"))
                .hasMessage("Could not render the template at line 2, column 8: an expression does not parse");
        assertThat(failure("one\n [# th:if=\"${a} ==\"][/]"))
                .hasMessage("Could not render the template at line 2, column 5: an expression does not parse");
    }

    @Test
    void anAttributeWithoutAValueIsARenderError() {
        assertThat(failure("[# th:text]x[/]"))
                .hasMessage("Could not render the template at line 1, column 4: an attribute has no value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(s3cret s3cret)]",
                "[(${s3cret(})]",
                "[(${s3cret + })]",
                "[(__${s3cret}__)]",
                "[(#{s3cret})]",
                "[(@{/s3cret})]",
                "[(~{s3cret})]",
                "[(*{s3cret})]",
                "[# th:s3cret=\"s3cret\"]s3cret[/]",
                "[# th:inline=\"s3cret\"]s3cret[/]",
                "[# th:each=\"s3cret\"]s3cret[/]",
                "[# th:if=\"s3cret s3cret\"]s3cret[/]",
                "[#s3cret]s3cret[/s3cret]",
                "[# th:if=\"s3cret\"]s3cret",
                "s3cret[/s3cret]",
                "[#th:block s3cret]s3cret[/s3cret]",
                "[(1 / 0)] s3cret",
                "[('s3cret' * ${v})]",
                "[(${v} * 2)]",
                "[(1 > ${v})]",
                "[# th:each=\"e : ${v}\"][/]",
                "[# th:each=\"e : ${#all}\"][(${e.s3cret})][/]",
                "[# th:each=\"e : ${#all}\"][(${e})][/]",
                "[(${#all})]"
            })
    void theExceptionContainsNeitherTheTemplateNorAValue(String template) {
        KvTemplateException failure =
                catchThrowableOfType(KvTemplateException.class, () -> rendered(template, "v", "s3cret"));
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        assertThat(failure.toString()).doesNotContain("s3cret");
    }

    @Test
    void nullIsAnIllegalArgument() {
        ThymeleafRenderer renderer = new ThymeleafRenderer(TemplateSettings.DEFAULTS);
        Map<String, String> withNull = new HashMap<>();
        withNull.put("a", null);
        Map<String, String> withNullKey = new HashMap<>();
        withNullKey.put(null, "1");
        assertThatIllegalArgumentException().isThrownBy(() -> renderer.render(null, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> renderer.render("x", null));
        assertThatIllegalArgumentException().isThrownBy(() -> renderer.render("x", withNull));
        assertThatIllegalArgumentException().isThrownBy(() -> renderer.render("x", withNullKey));
        assertThatIllegalArgumentException().isThrownBy(() -> renderer.renderNamed(null, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> renderer.renderNamed("greeting", null));
        assertThatIllegalArgumentException().isThrownBy(() -> new ThymeleafRenderer(null));
        assertThatIllegalArgumentException().isThrownBy(() -> new ThymeleafRenderer(TemplateSettings.DEFAULTS, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE00", "\uDE00\uD83D", "\uD83Dx"})
    void anUnpairedSurrogateIsAnIllegalArgument(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rendered(template))
                .withMessageContaining("unpaired surrogate");
    }
}
