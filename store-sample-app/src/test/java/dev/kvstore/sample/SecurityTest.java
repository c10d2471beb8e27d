package dev.kvstore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

@SampleTest
class SecurityTest {

    private static final String HOSTILE = "</textarea></pre>\"'><script>alert(1)</script>[[${7*7}]]";

    @Autowired
    private MockMvcTester page;

    @Autowired
    private KvStore kv;

    @BeforeEach
    void noEntries() {
        kv.deleteGroup("order");
    }

    @Test
    void aPostOfThisPageIsAllowed() {
        assertThat(post().header("Origin", "http://127.0.0.1:8080").header("Sec-Fetch-Site", "same-origin"))
                .hasStatus3xxRedirection();
    }

    @Test
    void aPostWithoutTheHeadersOfABrowserIsAllowed() {
        assertThat(post()).hasStatus3xxRedirection();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://127.0.0.1:3000",
                "https://127.0.0.1:8080",
                "http://localhost:8080",
                "http://127.0.0.1:8080.evil.example"
            })
    void aPostOfAnotherOriginIsRefused(String origin) {
        assertThat(post().header("Origin", origin)).hasStatus(HttpStatus.FORBIDDEN);
        assertThat(kv.count("order")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none"})
    void aPostMarkedAsCrossSiteIsRefused(String site) {
        assertThat(post().header("Sec-Fetch-Site", site)).hasStatus(HttpStatus.FORBIDDEN);
        assertThat(kv.count("order")).isZero();
    }

    @Test
    void aLinkFromAnotherSiteIsAllowed() {
        assertThat(page.get().uri("/").header("Host", "localhost:8080").header("Sec-Fetch-Site", "cross-site"))
                .hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example"})
    void aForeignHostNameIsRefused(String host) {
        assertThat(page.get().uri("/").header("Host", host)).hasStatus(HttpStatus.FORBIDDEN);
        assertThat(page.get().uri("/sample.js").header("Host", host)).hasStatus(HttpStatus.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "[::1]:8080"})
    void theHostNamesOfThisMachineAreAllowed(String host) {
        assertThat(page.get().uri("/").header("Host", host)).hasStatusOk();
    }

    @Test
    void inputIsShownAsTextAndNeverExecuted() {
        kv.set("order", HOSTILE, HOSTILE);
        kv.set("sample", "template", HOSTILE + "[# th:each=\"e : ${#all}\"][(${e.value})][/]");
        kv.set("sample", "note", HOSTILE, Duration.ofMinutes(1));

        assertThat(page.get().uri("/"))
                .hasStatusOk()
                .bodyText()
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert", "</textarea></pre>", "\"'>");
    }

    private MockMvcRequestBuilder post() {
        return page.post()
                .uri("/order")
                .header("Host", "127.0.0.1:8080")
                .param("key", "colour")
                .param("value", "red");
    }
}
