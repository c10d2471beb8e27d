package dev.kvstore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SampleTest
class TemplateTest {

    @Autowired
    private MockMvcTester page;

    @Autowired
    private KvStore kv;

    @BeforeEach
    void oneEntry() {
        kv.deleteGroup("order");
        kv.delete("sample", "template");
        kv.set("order", "customer", "Ada & Co");
    }

    @Test
    void isRenderedWhileItIsTyped() {
        assertThat(page.post().uri("/render").param("template", "Dear [(${customer})],"))
                .hasStatusOk()
                .hasContentType("text/plain;charset=UTF-8")
                .bodyText()
                .isEqualTo("Dear Ada & Co,");
    }

    @Test
    void isKeptWhileItIsTyped() {
        page.post().uri("/render").param("template", "Kept for [(${customer})]").exchange();

        assertThat(page.get().uri("/"))
                .bodyText()
                .contains("Kept for [(${customer})]</textarea>", "Kept for Ada &amp; Co</pre>");
    }

    @Test
    void isKeptAndRenderedWithoutJavaScript() {
        assertThat(page.post().uri("/template").param("template", "Bye [(${customer})]"))
                .hasRedirectedUrl("/#template");

        assertThat(page.get().uri("/")).bodyText().contains("Bye Ada &amp; Co</pre>");
    }

    @Test
    void canBeResetToTheExample() {
        kv.set("sample", "template", "mine");

        assertThat(page.post().uri("/template/reset")).hasRedirectedUrl("/#template");

        assertThat(kv.get("sample", "template")).isEmpty();
        assertThat(page.get().uri("/")).bodyText().contains("Dear Ada &amp; Co,");
    }

    @Test
    void withAnErrorShowsTheMessageAndIsNotKept() {
        assertThat(page.post().uri("/render").param("template", "Dear [(${customer +)]"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .hasContentType("text/plain;charset=UTF-8")
                .bodyText()
                .contains("line 1")
                .doesNotContain("Exception", "customer");
        assertThat(kv.get("sample", "template")).isEmpty();
    }

    @Test
    void withAnErrorThatIsKeptDoesNotBreakThePage() {
        page.post().uri("/template").param("template", "[# th:if=").exchange();

        assertThat(page.get().uri("/")).hasStatusOk().bodyText().contains("output failed", "Could not");
    }

    @Test
    void thatIsTooLongShowsTheMessage() {
        assertThat(page.post().uri("/render").param("template", "x".repeat(300 * 1024)))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .hasContentType("text/plain;charset=UTF-8");
    }
}
