package dev.kvstore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.util.HtmlUtils;

@SampleTest
class PageTest {

    @Autowired
    private MockMvcTester page;

    @Autowired
    private KvStore kv;

    @Autowired
    private ExampleOrder example;

    @BeforeEach
    void newStore() {
        kv.deleteGroup("order");
        kv.deleteGroup("sample");
        example.run(new DefaultApplicationArguments());
    }

    @Test
    void showsTheFourParts() {
        assertThat(page.get().uri("/"))
                .hasStatusOk()
                .bodyText()
                .contains("A counter that survives restarts", "A value that expires")
                .contains("A group of entries", "A text template of that group");
    }

    @Test
    void showsThePathOfTheFile() {
        String file = Path.of("data/kvstore.db").toAbsolutePath().toString();

        assertThat(page.get().uri("/")).bodyText().contains(file);
    }

    @Test
    void countsItsViews() {
        kv.set("sample", "visits", "41");

        assertThat(page.get().uri("/")).bodyText().contains("<span class=\"number\">42</span>");
        assertThat(kv.get("sample", "visits")).hasValue("42");
    }

    @Test
    void startsWithAnExampleAndItsRenderedTemplate() {
        assertThat(page.get().uri("/")).bodyText().contains("Dear Ada Lovelace,", "It is wrapped as a gift.");
    }

    @Test
    void showsOnlyJavaOfTheSources() throws IOException {
        String shown =
                page.get().uri("/").exchange().getMvcResult().getResponse().getContentAsString();

        assertThat(Pattern.compile(
                                "<pre tabindex=\"0\" role=\"group\" aria-label=\"Java[^>]*>(.*?)</pre>", Pattern.DOTALL)
                        .matcher(shown)
                        .results()
                        .map(java -> HtmlUtils.htmlUnescape(java.group(1).replaceAll("<i>.*?</i>|<[^>]*>", ""))))
                .hasSize(4)
                .allSatisfy(java -> assertThat(withoutSpace(java).split("(?<=;)"))
                        .allSatisfy(statement -> assertThat(sources()).contains(statement)));
    }

    /** ARIA forbids a name on an element without a role, such as a pre or a span. */
    @Test
    void onlyElementsWithARoleHaveALabel() throws IOException {
        String shown =
                page.get().uri("/").exchange().getMvcResult().getResponse().getContentAsString();

        assertThat(Pattern.compile("<[^>]* aria-label(?:ledby)?=[^>]*>")
                        .matcher(shown)
                        .results()
                        .map(MatchResult::group))
                .isNotEmpty()
                .allMatch(tag -> tag.matches("(?s)<(section|button) .*|<pre .*role=\"(group|status)\".*"));
    }

    @Test
    void loadsNothingFromOtherSites() {
        assertThat(page.get().uri("/")).bodyText().doesNotContain("http://", "https://", "src=\"//", "href=\"//");
        assertThat(page.get().uri("/"))
                .headers()
                .hasHeaderSatisfying(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .first()
                                .asString()
                                .startsWith("default-src 'none'")
                                .doesNotContain("unsafe-inline"));
    }

    private static String sources() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(Files::isRegularFile).map(PageTest::read).collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return withoutSpace(Files.readString(file));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String withoutSpace(String java) {
        return java.replaceAll("\\s", "");
    }
}
