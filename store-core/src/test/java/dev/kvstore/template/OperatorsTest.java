package dev.kvstore.template;

import static dev.kvstore.template.Rendered.rendered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvTemplateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorsTest {

    private static final String[] GROUP = {
        "one", "1", "two", "2.0", "name", "Ann", "flag", "true", "off", "off", "a}b", "braces"
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "${name} ?: 'x' ~ Ann",
                "${missing} ?: 'x' ~ x",
                "${missing} ?: ${name} ~ Ann",
                "${flag} ? 'a' : 'b' ~ a",
                "${off} ? 'a' : 'b' ~ b",
                "${off} ? 'a' : ${name} ~ Ann",
                "${missing} ? 'a' : 'b' ~ b",
                "'<' + (${missing} ? 'a') + '>' ~ <>",
                "${one} + ${two} ~ 3.0",
                "'1' + ${two} ~ 12.0",
                "${one} + 2 + 'x' ~ 3x",
                "${name} + 1 ~ Ann1",
                "${two} - ${one} ~ 1.0",
                "2 * 3 ~ 6",
                "7 / 2 ~ 3.5",
                "1 / 3 ~ 0.3333333333",
                "100 / 0.5 ~ 200",
                "7 % 4 ~ 3",
                "-${one} ~ -1",
                "${one} == 1.0 ~ true",
                "${name} == 'Ann' ~ true",
                "${name} != 'Ann' ~ false",
                "${flag} == true ~ true",
                "${one} lt ${two} and ${two} ge 2 ~ true",
                "${one} > ${two} or not ${off} ~ true",
                "'b' > 'a' ~ true",
                "${one} lt 2 ~ true",
                "${two} lt 2 ~ false",
                "3 lt 2 ~ false",
                "${one} le 2 ~ true",
                "${two} le 2 ~ true",
                "3 le 2 ~ false",
                "${one} gt 2 ~ false",
                "${two} gt 2 ~ false",
                "3 gt 2 ~ true",
                "${one} ge 2 ~ false",
                "${two} ge 2 ~ true",
                "3 ge 2 ~ true",
                "${flag} and ${name} ~ true",
                "${flag} and ${off} ~ false",
                "${off} and ${flag} ~ false",
                "${off} or ${missing} ~ false",
                "${flag} or ${off} ~ true",
                "${off} or ${flag} ~ true",
                "${missing} > 1 ~ false",
                "${missing} <= 1 ~ false",
                "${missing} == null ~ true",
                "${name} == null ~ false",
                "!${flag} ~ false",
                "|Hi ${name}, ${one}${one}| ~ Hi Ann, 11",
                "|${one}| + 1 ~ 11",
                "|${missing}| == '' ~ true",
                "${#all['name']} + ${#all[\"a}b\"]} ~ Annbraces",
                "(${null} ?: ${missing}) ?: 'x' ~ x",
                "2026-11-27 ~ 2026-11-27",
                "7-2 ~ 5",
                "a-2 ~ a-2",
                "3 - -2 ~ 5",
                "2 * -3 + 1 ~ -5",
                "1 + 2 * 3 ~ 7",
                "(1 + 2) * 3 ~ 9",
                "10 - 2 - 3 ~ 5",
                "100 / 10 / 5 ~ 2",
                "1 < 2 == true ~ true",
                "not ${off} and ${off} or ${flag} ~ true",
                "7 DIV 2 ~ 3.5",
                "7 MoD 4 ~ 3",
                "word ~ word",
                "12 ~ 12"
            })
    void operatorsWorkAsInThymeleaf(String expression, String result) {
        assertThat(rendered("[(" + expression + ")]", GROUP)).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${name} * 2", "1 / 0", "1 % 0", "1 > ${name}", "${#all} + 1", "'a' - 1"})
    void anExpressionWithoutAResultIsAnError(String expression) {
        assertThatThrownBy(() -> rendered("[(" + expression + ")]", GROUP))
                .isInstanceOfSatisfying(
                        KvTemplateException.class,
                        e -> assertThat(e.kind()).isEqualTo(KvTemplateException.Kind.RENDER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1E-999999999", "0x10", "1_000", "１２", "NaN", "1.", ".5", "--1"})
    void onlyPlainDecimalsAreNumbers(String value) {
        assertThat(rendered("[(${x} + 1)]", "x", value)).isEqualTo(value + "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "-1.50", "007", " 1 "})
    void aNumberCanHaveASignZerosAndSurroundingSpaces(String value) {
        assertThat(rendered("[(${x} * 0 == 0)]", "x", value)).isEqualTo("true");
    }

    @Test
    void aNumberHasUpTo40DigitsOnEachSideOfThePoint() {
        String longest = "-" + "9".repeat(40) + "." + "9".repeat(40);
        assertThat(rendered("[(${x} + 1)]", "x", longest)).isEqualTo("-" + "9".repeat(39) + "8." + "9".repeat(40));
        assertThat(rendered("[(${x} + 1)]", "x", longest + "9")).isEqualTo(longest + "91");
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 1_000_000})
    void aValueWithTooManyDigitsIsText(int digits) {
        String value = "9".repeat(digits);
        assertThat(rendered("[(${x} + 1)]", "x", value)).isEqualTo(value + "1");
    }
}
