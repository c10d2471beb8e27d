package dev.kvstore.template;

import static dev.kvstore.template.Rendered.rendered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvTemplateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsAndLoopsTest {

    @Test
    void aLoopIteratesOverTheEntriesInTheOrderOfTheMap() {
        assertThat(rendered("[# th:each=\"e : ${#all}\"][(${e.key})]=[(${e.value})];[/]", "b", "2", "a", "1", "c", "3"))
                .isEqualTo("b=2;a=1;c=3;");
    }

    @Test
    void aLoopOverAnEmptyGroupPrintsNothing() {
        assertThat(rendered("<[# th:each=\"e : ${#all}\"]x[/]>")).isEqualTo("<>");
    }

    @Test
    void aLoopHasAStatus() {
        String template = "[# th:each=\"e : ${#all}\"][(${eStat.index})],[(${eStat.count})],[(${eStat.size})],"
                + "[(${eStat.first})],[(${eStat.last})],[(${eStat.even})],[(${eStat.odd})],"
                + "[(${eStat.current.key})];[/]";
        assertThat(rendered(template, "a", "1", "b", "2"))
                .isEqualTo("0,1,2,true,false,false,true,a;1,2,2,false,true,true,false,b;");
    }

    @Test
    void theStatusOfALoopCanBeUsedInArithmeticAndConditions() {
        String template = "[# th:each=\"e : ${#all}\"][# th:if=\"${eStat.index}\"], [/][(${eStat.index} * 2)][/]";
        assertThat(rendered(template, "a", "1", "b", "2", "c", "3")).isEqualTo("0, 2, 4");
    }

    @ParameterizedTest
    @CsvSource({"1 - 1, hidden", "1 - 2, shown", "${x} - 1, hidden", "0.0, hidden", "0.1, shown"})
    void aNumberIsTrueUnlessItIsZero(String number, String result) {
        String template = "[# th:if=\"%1$s\"]shown[/][# th:unless=\"%1$s\"]hidden[/]".formatted(number);
        assertThat(rendered(template, "x", "1")).isEqualTo(result);
    }

    @Test
    void theStatusOfALoopCanHaveAName() {
        assertThat(rendered(
                        "[# th:each=\"e, s : ${#all}\"][(${e.value})][# th:unless=\"${s.last}\"], [/][/]",
                        "a",
                        "1",
                        "b",
                        "2"))
                .isEqualTo("1, 2");
    }

    @Test
    void loopsNest() {
        assertThat(rendered(
                        "[# th:each=\"x : ${#all}\"][# th:each=\"y : ${#all}\"][(${x.key})][(${y.key})] [/][/]",
                        "a",
                        "1",
                        "b",
                        "2"))
                .isEqualTo("aa ab ba bb ");
    }

    @Test
    void aLoopVariableHidesAKeyOfTheSameNameInsideTheLoopOnly() {
        assertThat(rendered("[# th:each=\"e : ${#all}\"][(${e.key})][/] [(${e.key})]", "e.key", "mine"))
                .isEqualTo("e.key mine");
    }

    @Test
    void anUnknownPropertyOfAnEntryIsAnError() {
        assertThatThrownBy(() -> rendered("[# th:each=\"e : ${#all}\"][(${e.class})][/]", "a", "1"))
                .isInstanceOf(KvTemplateException.class)
                .hasMessageContaining("an entry has only a key and a value");
        assertThatThrownBy(() -> rendered("[# th:each=\"e : ${#all}\"][(${eStat.class})][/]", "a", "1"))
                .isInstanceOf(KvTemplateException.class)
                .hasMessageContaining("the status of a loop has");
        assertThatThrownBy(() -> rendered("[# th:each=\"e : ${#all}\"][(${e.key.bytes})][/]", "a", "1"))
                .isInstanceOf(KvTemplateException.class)
                .hasMessageContaining("a text has no properties");
    }

    @Test
    void aLoopCanOnlyIterateOverTheGroup() {
        assertThatThrownBy(() -> rendered("[# th:each=\"e : ${a}\"]x[/]", "a", "1"))
                .hasMessageContaining("a loop can only iterate over ${#all}");
        assertThatThrownBy(() -> rendered("[# th:each=\"${#all}\"]x[/]", "a", "1"))
                .hasMessageContaining("a loop is not of the form");
    }

    @ParameterizedTest
    @CsvSource({
        "yes, shown",
        "true, shown",
        "1, shown",
        "0, shown",
        "'', shown",
        "text, shown",
        "false, hidden",
        "False, hidden",
        "off, hidden",
        "no, hidden",
        "' NO ', hidden"
    })
    void aValueIsTrueUnlessItIsFalseOffOrNo(String value, String result) {
        String template = "[# th:if=\"${x}\"]shown[/][# th:unless=\"${x}\"]hidden[/]";
        assertThat(rendered(template, "x", value)).isEqualTo(result);
    }

    @Test
    void aMissingKeyIsFalse() {
        assertThat(rendered("[# th:if=\"${x}\"]shown[/][# th:unless=\"${x}\"]hidden[/]"))
                .isEqualTo("hidden");
    }

    @Test
    void theGroupIsTrueIfItHasEntries() {
        String template = "[# th:if=\"${#all}\"]some[/][# th:unless=\"${#all}\"]none[/]";
        assertThat(rendered(template)).isEqualTo("none");
        assertThat(rendered(template, "a", "1")).isEqualTo("some");
    }

    @ParameterizedTest
    @CsvSource({"a, one", "b, two", "5, five", "z, other"})
    void aSwitchShowsTheFirstEqualCase(String value, String result) {
        String template = "[# th:switch=\"${x}\"][# th:case=\"'a'\"]one[/][# th:case=\"${b}\"]two[/]"
                + "[# th:case=\"5\"]five[/][# th:case=\"'a'\"]again[/][# th:case=\"*\"]other[/][/]";
        assertThat(rendered(template, "x", value, "b", "b")).isEqualTo(result);
    }

    @Test
    void aCaseOutsideOfASwitchIsAnError() {
        assertThatThrownBy(() -> rendered("[# th:case=\"1\"]x[/]")).hasMessageContaining("outside of any th:switch");
    }

    @Test
    void aBlockCanBeNamed() {
        assertThat(rendered("[#th:block th:if=\"${a}\"]x[/th:block]", "a", "1")).isEqualTo("x");
    }

    @Test
    void anElementCanCloseItself() {
        assertThat(rendered("[# th:text=\"${a}\" /][# th:utext=\"${a}\"]replaced[/]", "a", "<"))
                .isEqualTo("&lt;<");
    }
}
