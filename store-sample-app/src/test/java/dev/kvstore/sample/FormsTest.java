package dev.kvstore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SampleTest
class FormsTest {

    @Autowired
    private MockMvcTester page;

    @Autowired
    private KvStore kv;

    @Autowired
    private ShiftedClock clock;

    @BeforeEach
    void emptyStore() {
        kv.deleteGroup("order");
        kv.deleteGroup("sample");
    }

    @Test
    void aSetEntryAppearsInTheTable() {
        assertThat(page.post().uri("/order").param("key", "colour").param("value", "red"))
                .hasStatus3xxRedirection()
                .hasRedirectedUrl("/#group");

        assertThat(kv.getAll("order")).isEqualTo(Map.of("colour", "red"));
        assertThat(page.get().uri("/")).bodyText().contains("colour", "red");
    }

    @Test
    void deletingAnEntryKeepsTheOthers() {
        kv.set("order", "colour", "red");
        kv.set("order", "size", "XL");

        assertThat(page.post().uri("/order/delete").param("key", "colour")).hasRedirectedUrl("/#group");

        assertThat(kv.getAll("order")).isEqualTo(Map.of("size", "XL"));
    }

    @Test
    void aNoteCountsDown() {
        assertThat(page.post().uri("/note").param("value", "tea is ready").param("seconds", "20"))
                .hasRedirectedUrl("/#ttl");

        assertThat(page.get().uri("/")).bodyText().contains("tea is ready", "data-left=");
        assertThat(page.get().uri("/note")).hasStatusOk().bodyText().isEqualTo("tea is ready");
    }

    @Test
    void aNoteDisappearsWhenItsTtlEnds() {
        page.post()
                .uri("/note")
                .param("value", "tea is ready")
                .param("seconds", "20")
                .exchange();

        clock.move(Duration.ofSeconds(20));

        assertThat(page.get().uri("/"))
                .hasStatusOk()
                .bodyText()
                .doesNotContain("tea is ready")
                .contains("no value:");
        assertThat(page.get().uri("/note")).hasStatus(HttpStatus.NO_CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "3601", "9223372036854775807"})
    void aTtlOutOfRangeIsRefusedWithAMessage(String seconds) {
        assertThat(page.post().uri("/note").param("value", "tea").param("seconds", seconds))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("role=\"alert\"", "Choose between 1 and 3600 seconds.");
    }

    @Test
    void anIncompleteFormIsRefusedWithAMessage() {
        assertThat(page.post().uri("/note").param("value", "tea").param("seconds", "soon"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("role=\"alert\"", "is missing");
        assertThat(page.post().uri("/order").param("key", "colour"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("role=\"alert\"");
    }

    @Test
    void aValueOverTheLimitIsRefusedWithAMessageAndNotStored() {
        assertThat(page.post().uri("/order").param("key", "essay").param("value", "x".repeat(64 * 1024 + 1)))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("role=\"alert\"", "A group of entries");

        assertThat(kv.get("order", "essay")).isEmpty();
    }

    @Test
    void invalidUnicodeIsRefusedWithAMessage() {
        assertThat(page.post().uri("/order").param("key", "half").param("value", "\uD83D"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("role=\"alert\"");
    }

    @Test
    void aRefusalDoesNotCountAsAView() {
        kv.set("sample", "visits", "7");

        page.post().uri("/note").param("value", "tea").param("seconds", "0").exchange();

        assertThat(kv.get("sample", "visits")).hasValue("7");
    }

    @Test
    void aRefusedFormKeepsItsInput() {
        assertThat(page.post().uri("/note").param("value", "tea is ready").param("seconds", "4000"))
                .bodyText()
                .contains("value=\"tea is ready\"", "value=\"4000\"");
        assertThat(page.post().uri("/order").param("key", "half").param("value", "\uD83D and a good half"))
                .bodyText()
                .contains("value=\"half\"", "and a good half");
        assertThat(page.post().uri("/template").param("template", "y".repeat(64 * 1024 + 1)))
                .bodyText()
                .contains("y".repeat(64 * 1024 + 1));
    }

    @Test
    void anEmptyKeyAndAnEmptyValueAreVisible() {
        kv.set("order", "", "value of no key");
        kv.set("order", "colour", "");

        assertThat(page.get().uri("/"))
                .bodyText()
                .contains("<i>empty key</i>", "<i>empty</i>", "aria-label=\"Delete the empty key\"");
    }
}
