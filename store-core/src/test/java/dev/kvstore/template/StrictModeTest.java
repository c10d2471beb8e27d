package dev.kvstore.template;

import static dev.kvstore.template.Rendered.strictly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvTemplateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictModeTest {

    @Test
    void theErrorForAMissingKeyNamesItAndItsPosition() {
        assertThatThrownBy(() -> strictly("Dear\n [(${first name})]", "name", "Ann"))
                .isInstanceOfSatisfying(
                        KvTemplateException.class, e -> assertThat(e.kind()).isEqualTo(KvTemplateException.Kind.RENDER))
                .hasMessage("Could not render the template at line 2, column 4: the group has no key 'first name'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[${gone}]]",
                "[('a' + ${gone})]",
                "[(|a ${gone}|)]",
                "[(${#all['gone']})]",
                "[(${#all.gone})]",
                "[# th:text=\"${gone}\"/]",
                "[# th:if=\"${gone} == 'x'\"]x[/]",
                "[# th:switch=\"${gone}\"][/]",
                "[(${here} ? ${gone} : 'x')]",
                "[('x' + (${gone} ? ${gone} : ${gone}))]",
                "[(${also} ?: ${gone})]"
            })
    void aMissingKeyIsAnErrorWhereverItIsUsed(String template) {
        assertThatThrownBy(() -> strictly(template, "here", "1")).hasMessageContaining("the group has no key 'gone'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(${gone} ?: 'x')]",
                "[(${#all['gone']} ?: 'x')]",
                "[# th:if=\"${gone}\"]y[/]x",
                "[# th:unless=\"${gone}\"]x[/]",
                "[# th:if=\"not ${gone} and ${here}\"]x[/]",
                "[# th:if=\"${gone} or ${here}\"]x[/]",
                "[(${gone} ? 'y' : 'x')]"
            })
    void testingAMissingKeyIsAllowed(String template) {
        assertThat(strictly(template, "here", "1")).isEqualTo("x");
    }

    @Test
    void aMissingKeyInABranchThatIsNotTakenIsNoError() {
        assertThat(strictly("[# th:if=\"${gone}\"][(${gone})][/]")).isEmpty();
    }

    @Test
    void aKeyThatCouldForgeALogLineIsEscapedAndTruncated() {
        assertThatThrownBy(() -> strictly("[(${no\nbody})]")).hasMessageEndingWith("'no\\u000Abody'");
        assertThatThrownBy(() -> strictly("[(${" + "x".repeat(900) + "})]"))
                .message()
                .hasSizeLessThan(400);
    }
}
