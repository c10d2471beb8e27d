package dev.kvstore.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.TemplateSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What was parsed once is kept, up to a number of expressions and a length of templates, so that it does not add up. */
@NullUnmarked
class KeptTemplatesTest {

    private final ExpressionReader expressions = new ExpressionReader();

    // A reference to a key is read without a look at the context.
    private Term read(String key) {
        return expressions.read("${" + key + "}");
    }

    @Test
    void anExpressionIsReadOnce() {
        assertThat(read("key")).isSameAs(read("key"));
    }

    @Test
    void allExpressionsAreForgottenWhenThereIsOneMoreThan500() {
        Term first = read("key 1");
        for (int i = 2; i <= 500; i++) {
            read("key " + i);
        }
        assertThat(read("key 1")).isSameAs(first);

        read("key 501");

        assertThat(read("key 1")).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void aTemplateOfUpTo32768CharactersIsKept() {
        assertThat(isKept("x".repeat(32_768))).isTrue();
        assertThat(isKept("x".repeat(32_769))).isFalse();
    }

    @Test
    void aKeptTemplateStandsForNoOtherWhateverItsHashCode() {
        ThymeleafRenderer renderer = new ThymeleafRenderer(TemplateSettings.DEFAULTS);
        assertThat("Aa").hasSameHashCodeAs("BB");

        assertThat(renderer.render("Aa", Map.of())).isEqualTo("Aa");
        assertThat(renderer.render("BB", Map.of())).isEqualTo("BB");
    }

    private static boolean isKept(String template) {
        InlineTemplate given = new InlineTemplate(template, Deadline.after(Duration.ofSeconds(5), () -> 0));
        return new InlineTemplateResolver()
                .resolveTemplate(null, null, InlineTemplate.NAME, Map.of(InlineTemplateResolver.ATTRIBUTE, given))
                .getValidity()
                .isCacheable();
    }
}
