package dev.kvstore.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.TemplateSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of docs/rendering.md has the output or the error that the page shows. */
class DocsRenderingTest {

    private static final Pattern EXAMPLE = Pattern.compile(
            "```text\n(.*?)\n-- entries\n(.*?)\n-- (output|error|strict error)\n(.*?)\n```", Pattern.DOTALL);

    static List<Example> examples() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "rendering.md"));
        List<Example> examples =
                EXAMPLE.matcher(page).results().map(DocsRenderingTest::example).toList();
        assertThat(examples).hasSize(page.split("```text", -1).length - 1);
        return examples;
    }

    private static Example example(MatchResult match) {
        Map<String, String> entries = new TreeMap<>();
        for (String line : match.group(2).lines().toList()) {
            String[] entry = line.split("=", 2);
            entries.put(entry[0], entry[1]);
        }
        return new Example(match.group(1), entries, match.group(3), match.group(4));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleHasTheResultThatThePageShows(Example example) {
        TemplateSettings settings = example.kind().startsWith("strict") ? Rendered.STRICT : TemplateSettings.DEFAULTS;
        ThymeleafRenderer renderer = new ThymeleafRenderer(settings);
        if (example.kind().equals("output")) {
            assertThat(renderer.render(example.template(), example.entries())).isEqualTo(example.result());
        } else {
            assertThatThrownBy(() -> renderer.render(example.template(), example.entries()))
                    .hasMessage(example.result());
        }
    }

    @Test
    void thePageHasExamples() throws IOException {
        assertThat(examples()).hasSizeGreaterThan(6);
    }

    record Example(String template, Map<String, String> entries, String kind, String result) {}
}
