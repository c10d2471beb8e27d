package dev.kvstore.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.TemplateSettings;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Parsed expressions and templates are cached, up to a number of expressions and a length of templates. */
@NullUnmarked
class CachedTemplatesTest {

    private final ExpressionReader expressions = new ExpressionReader();

    private Term read(String key) {
        return expressions.read("${" + key + "}");
    }

    @Test
    void anExpressionIsParsedOnce() {
        assertThat(read("key")).isSameAs(read("key"));
    }

    @Test
    void theCacheIsClearedAt501Expressions() {
        Term first = read("key 1");
        for (int i = 2; i <= 500; i++) {
            read("key " + i);
        }
        assertThat(read("key 1")).isSameAs(first);

        read("key 501");

        assertThat(read("key 1")).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void aTemplateOfUpTo32768CharactersIsCached() {
        assertThat(isCached("x".repeat(32_768))).isTrue();
        assertThat(isCached("x".repeat(32_769))).isFalse();
    }

    @Test
    void templatesWithEqualHashCodesAreNotConfused() {
        ThymeleafRenderer renderer = new ThymeleafRenderer(TemplateSettings.DEFAULTS);
        assertThat("Aa").hasSameHashCodeAs("BB");

        assertThat(renderer.render("Aa", Map.of())).isEqualTo("Aa");
        assertThat(renderer.render("BB", Map.of())).isEqualTo("BB");
    }

    private static boolean isCached(String template) {
        InlineTemplate given = new InlineTemplate(template, Deadline.of(TemplateLimits.DEFAULTS, () -> 0));
        return new InlineTemplateResolver()
                .resolveTemplate(null, null, InlineTemplate.NAME, Map.of(InlineTemplateResolver.ATTRIBUTE, given))
                .getValidity()
                .isCacheable();
    }
}
