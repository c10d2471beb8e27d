package dev.kvstore.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvTemplateException.Kind;
import dev.kvstore.template.ThymeleafMarkup.Name;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Our check finds in generated templates the same names as Thymeleaf's own parser. */
class MarkupFuzzTest {

    private static final long SEED = Long.getLong("markup.seed", 20_261_124);
    private static final int TEMPLATES = Integer.getInteger("markup.templates", 50_000);

    private static final List<String> ALLOWED =
            tokens("[#¦[# ¦[#th:block ¦[/]¦[/th:block]¦/]¦]¦ ¦\n¦\u2003¦\u001C¦th:if¦"
                    + "th:text¦th:case¦=¦ = ¦'¦\"¦='x'¦=\"y\"¦=z¦/*[-¦-]*/¦[(¦)]¦[[¦]]¦text");

    private static final List<String> ANY =
            tokens("[¦#¦[#-¦[#!¦[#?¦[#/¦[#[¦[#{¦/¦/*[¦-¦!¦?¦{¦}¦:¦th:¦th:blocks¦th:with¦TH:IF¦if¦x¦\u00A0¦\u0085¦"
                    + "\u0000¦\u007F¦\t¦\r¦*/¦]*/¦-]*¦/*¦==¦<¦>¦`¦\\¦\uD83D\uDE00");

    private static final List<String> WHOLE = tokens("[#/]¦[#]¦[# ]¦[/ ]¦[#th:block/]¦[#th:block]¦[# th:if='x'/]¦"
            + "[#\nth:if = \"]\" th:text='[#x]']¦[# th:case=]/]¦[# th:text th:if='/'/]¦/*[- [#x] -]*/¦/*[-]*/");

    private static final List<String> INSIDE = tokens(" ¦ ¦=¦=¦'¦'¦\"¦\"¦]¦[¦/¦th:if¦th:text¦ th:if='¦ th:unless=\"¦x");

    private int accepted;
    private int refused;
    private int unclosed;

    @Test
    void theCheckRefusesTheFirstDisallowedNameThatThymeleafWouldKeep() {
        assertThat(differences(Markup::check)).isEmpty();
        assertThat(accepted).as("templates with elements, all allowed").isGreaterThan(TEMPLATES / 20);
        assertThat(unclosed).as("templates with an unclosed comment").isGreaterThan(TEMPLATES / 100);
        assertThat(refused).as("templates with a name that is not allowed").isGreaterThan(TEMPLATES / 20);
    }

    @Test
    void aCheckThatConfusesTheQuotesIsDetected() {
        assertThat(differences(template -> Markup.check(template.replace('\'', '"'))))
                .isNotEmpty();
    }

    @Test
    void theSizesOfTheBufferAndOfThePiecesMakeNoDifference() {
        RandomGenerator random = new Random(SEED);
        for (int i = 0; i < TEMPLATES / 4; i++) {
            String template = template(random);
            assertThat(ThymeleafMarkup.of(template, 1 + random.nextInt(20), 1 + random.nextInt(20)))
                    .as(template)
                    .isEqualTo(ThymeleafMarkup.of(template, ThymeleafMarkup.BUFFER, Integer.MAX_VALUE));
        }
    }

    /** The first template on which a check and Thymeleaf disagree. */
    private Optional<String> differences(Consumer<String> check) {
        RandomGenerator random = new Random(SEED);
        for (int i = 0; i < TEMPLATES; i++) {
            String template = template(random);
            String wrong = wrong(template, fault(check, template));
            if (!wrong.isEmpty()) {
                return Optional.of(wrong + ": " + template);
            }
        }
        return Optional.empty();
    }

    private String wrong(String template, @Nullable TemplateFault fault) {
        ThymeleafMarkup markup = ThymeleafMarkup.of(template, ThymeleafMarkup.BUFFER, Integer.MAX_VALUE);
        if (fault != null && fault.kind() == Kind.PARSE) {
            unclosed++;
            return markup.parsed() ? "an unclosed comment, but Thymeleaf parses it" : "";
        }
        Optional<Name> name =
                markup.names().stream().filter(it -> !it.isAllowed()).findFirst();
        if (name.isPresent()) {
            refused++;
            return fault != null && isOf(fault, name.get()) ? "" : "Thymeleaf would keep " + name.get();
        }
        accepted += markup.parsed() && !markup.names().isEmpty() ? 1 : 0;
        return fault != null && markup.parsed() ? "refused, but Thymeleaf finds only allowed names" : "";
    }

    private static boolean isOf(TemplateFault fault, Name name) {
        TemplateFault expected = name.ofElement() ? AllowedNames.noElement() : AllowedNames.noAttribute();
        return fault.reason().equals(expected.reason())
                && Objects.equals(fault.getLine(), name.line())
                && Objects.equals(fault.getCol(), name.column());
    }

    private static @Nullable TemplateFault fault(Consumer<String> check, String template) {
        try {
            check.accept(template);
            return null;
        } catch (TemplateFault fault) {
            return fault;
        }
    }

    private static String template(RandomGenerator random) {
        StringBuilder template = new StringBuilder();
        int strange = random.nextInt(4);
        for (int parts = 1 + random.nextInt(10); parts > 0; parts--) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> template.append(any(strange > 0 ? ANY : ALLOWED, random));
                case 3, 4, 5 -> template.append(any(ALLOWED, random));
                case 6, 7, 8 -> template.append(any(WHOLE, random));
                default -> template.append(element(random));
            }
        }
        return template.toString();
    }

    private static String element(RandomGenerator random) {
        StringBuilder element = new StringBuilder("[# ");
        for (int tokens = random.nextInt(10); tokens > 0; tokens--) {
            element.append(any(INSIDE, random));
        }
        return element.append("/]").toString();
    }

    private static List<String> tokens(String separated) {
        return List.of(separated.split("¦"));
    }

    private static String any(List<String> tokens, RandomGenerator random) {
        return tokens.get(random.nextInt(tokens.size()));
    }
}
