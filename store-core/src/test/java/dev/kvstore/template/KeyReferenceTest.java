package dev.kvstore.template;

import static dev.kvstore.template.Rendered.rendered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvTemplateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReferenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name", "db.host", "a-b", "42", "class", "size", "clear", "null", "true", "with spaces", "it", "a+b",
                "f(x)", "x == y", "user@host", "/path/to", "k__l", "__name__", "#hash", "ключ", "键", "😀", "a:b", "a,b",
                "50%", "a=b", "a.b.c", "list[0]", "?", "not x", "a 'b' c", "a\"b\"c", "€", "e", "all", "#allx"
            })
    void anyKeyPrintsItsValue(String key) {
        assertThat(rendered("<[(${" + key + "})]>", key, "value", "other", "?")).isEqualTo("<value>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "db.host", "a-b", "42", "class", "with spaces", "it's", "x == y", "#hash"})
    void anyKeyCanBePartOfALargerExpression(String key) {
        String reference = "${ " + key.replace("'", "&#39;") + " }";
        assertThat(rendered("[(" + reference + " ?: 'none')]", key, "value")).isEqualTo("value");
        assertThat(rendered("[('<' + " + reference + " + '>')]", key, "value")).isEqualTo("<value>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a}b", "{", "${x}", " surrounded ", "a)]b", "]]", "", "#all", "__${x}__"})
    void aKeyThatLooksLikeMarkupIsAccessibleThroughAll(String key) {
        assertThat(rendered("<[(${#all['" + key + "']})]>", key, "value")).isEqualTo("<value>");
        assertThat(rendered("<[(${#all[\"" + key + "\"]})]>", key, "value")).isEqualTo("<value>");
    }

    @Test
    void aQuoteInAKeyIsWrittenAsACharacterReference() {
        assertThat(rendered("[(${it&#39;s})]", "it's", "value")).isEqualTo("value");
        assertThat(rendered("[(${#all[\"it's\"]})]", "it's", "value")).isEqualTo("value");
    }

    @Test
    void allAlsoAcceptsAKeyAfterADot() {
        assertThat(rendered("[(${#all.name})]", "name", "value")).isEqualTo("value");
    }

    @Test
    void aMissingKeyIsEmptyText() {
        assertThat(rendered("<[(${nobody})][(${no.bo-dy})][[${no body}]][(${#all['']})]>"))
                .isEqualTo("<>");
    }

    @Test
    void aMissingKeyIsEmptyTextWithinASumAndASubstitution() {
        assertThat(rendered("[('a' + ${nobody} + 'b')][(|<${nobody}>|)]")).isEqualTo("ab<>");
    }

    @Test
    void anExpressionThatIsNeitherAKeyNorANameIsAnError() {
        assertThatThrownBy(() -> rendered("[(${name.length()})]", "name", "value"))
                .isInstanceOf(KvTemplateException.class)
                .hasMessage("Could not render the template at line 1, column 3: "
                        + "an expression is neither a key of the group nor a name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"__${path}__", "${__${path}__}", "'a__b'", "${a__b} ?: 'x'", "____"})
    void preprocessingIsRefused(String expression) {
        assertThatThrownBy(() -> rendered("[(" + expression + ")]", "path", "name"))
                .isInstanceOf(KvTemplateException.class)
                .hasMessageEndingWith("an expression contains '__'");
    }

    @Test
    void aValueIsPrintedUnchangedOrEscapedForHtml() {
        assertThat(rendered("[(${x})] [[${x}]]", "x", "<b>\"Tom\" & 'Ann'</b>"))
                .isEqualTo("<b>\"Tom\" & 'Ann'</b> &lt;b&gt;&quot;Tom&quot; &amp; &#39;Ann&#39;&lt;/b&gt;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(${secret})]",
                "[[${secret}]]",
                "${secret}",
                "__${secret}__",
                "[# th:text=\"${secret}\"/]",
                "${T(java.lang.Runtime).getRuntime()}",
                "#{message}",
                "~{fragment}"
            })
    void aValueIsNeverEvaluated(String value) {
        assertThat(rendered("[(${x})]", "x", value, "secret", "s3cret")).isEqualTo(value);
        assertThat(rendered("[# th:utext=\"'' + ${x}\"/]", "x", value, "secret", "s3cret"))
                .isEqualTo(value);
        assertThat(rendered("[# th:each=\"e : ${#all}\" th:if=\"${eStat.first}\"][(${e.value})][/]", "x", value))
                .isEqualTo(value);
    }

    @Test
    void aVariableExpressionAloneIsText() {
        assertThat(rendered("${x} costs $5 {x}", "x", "1")).isEqualTo("${x} costs $5 {x}");
    }
}
