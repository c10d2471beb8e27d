package dev.kvstore.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths are counted in UTF-8 bytes, without encoding the text. */
class Utf8Test {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "\0\u007f", "\u0080\u07ff", "\u0800\ud7ff\ue000\uffff", "\ud800\udc00😀\udbff\udfff"
            })
    void theLengthIsTheNumberOfBytes(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        assertThat(Utf8.checkedLength("text", text)).isEqualTo(length);
        assertThat(Utf8.length(text, 0, text.length())).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theLengthsOfTwoPartsAddUp(int cut) {
        String text = "a😀é€";
        assertThat(Utf8.length(text, 0, cut) + Utf8.length(text, cut, text.length()))
                .isEqualTo(Utf8.length(text, 0, text.length()));
    }
}
