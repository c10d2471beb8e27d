package dev.kvstore.template;

import static dev.kvstore.template.Rendered.rendered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates do not depend on the locale: in Turkish the lower case of I has no dot, the upper case of i has one. */
class TurkishLocaleTest {

    private final Locale before = Locale.getDefault();

    @BeforeEach
    @SuppressWarnings("StringCaseLocaleUsage")
    void setTurkishLocale() {
        Locale.setDefault(new Locale("tr", "TR"));
        assertThat("DIV".toLowerCase()).isNotEqualTo("div");
    }

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @CsvSource({"7 DIV 2, 3.5", "7 div 2, 3.5", "7 Div 2, 3.5", "7 MOD 4, 3", "1 EQ 1, true", "NOT FALSE, true"})
    void operatorsAreCaseInsensitive(String expression, String result) {
        assertThat(rendered("[(" + expression + ")]")).isEqualTo(result);
    }

    @Test
    void theWordsForFalseAreCaseInsensitive() {
        assertThat(rendered("[# th:unless=\"${x}\"]hidden[/]", "x", "FALSE")).isEqualTo("hidden");
    }

    @Test
    void attributesAreCaseSensitive() {
        assertThat(rendered("[# th:if=\"${x}\" th:text=\"${x}\"/]", "x", "I")).isEqualTo("I");
        assertThatThrownBy(() -> rendered("[# TH:IF=\"${x}\"/]", "x", "I"))
                .hasMessageContaining("an attribute is not allowed: only th:each, th:if");
    }
}
