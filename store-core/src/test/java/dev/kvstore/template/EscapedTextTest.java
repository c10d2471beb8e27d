package dev.kvstore.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unbescape.html.HtmlEscape;

/** Text is escaped as Thymeleaf escapes it. */
class EscapedTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "<",
                "a<b",
                "<b>&amp;\"it's\"</b>",
                "''''",
                "é ключ 键 😀",
                "\u0000\u007F\u0080`=/",
                "&#39;"
            })
    void theFiveSpecialCharactersOfHtmlAreEscaped(String text) throws IOException {
        StringWriter written = new StringWriter();
        new EscapedText(text).write(written);
        assertThat(written).hasToString(HtmlEscape.escapeHtml4Xml(text));
    }
}
