package dev.kvstore.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvRange;
import dev.kvstore.engine.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Stored names keep the identity of all names, and the order of those that are not long. */
class StoredNameTest {

    private static final String[] PIECES = {"\0", "\u0001", "\u0002", "a", "z", "é", "\uFFFD", "🎉", "%", "_", "'", "\\"
    };

    private final Random random = new Random(1);

    private String text(int longest) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest);
        while (text.length() < length) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void everyTextIsReadAsItWasWritten() {
        for (int i = 0; i < 10_000; i++) {
            String text = text(12);
            assertThat(EscapedText.of(text)).doesNotContain("\0");
            assertThat(EscapedText.read(EscapedText.of(text))).isEqualTo(text);
            assertThat(EscapedText.of(text)).hasSize((int) (text.length() + EscapedText.escapes(text)));
        }
    }

    @Test
    void escapedTextsAreInTheOrderOfTheTextsAndBeginAsTheyDo() {
        for (int i = 0; i < 10_000; i++) {
            String one = text(6);
            String other = text(6);
            assertThat(Integer.signum(Utf8.compare(EscapedText.of(one), EscapedText.of(other))))
                    .isEqualTo(Integer.signum(Utf8.compare(one, other)));
            assertThat(EscapedText.of(one).startsWith(EscapedText.of(other))).isEqualTo(one.startsWith(other));
        }
    }

    @Test
    void textWithEscapesOfAnotherProgramIsReadAsItIs() {
        assertThat(EscapedText.read("\u0001x \u0001\u0001 \u0001")).isEqualTo("\u0001x \0 \u0001");
    }

    @Test
    void aNameOf1000BytesIsStoredAsItIs() {
        String name = "é".repeat(500);
        assertThat(StoredName.of(name)).isEqualTo(new StoredName(name, null));
        assertThat(StoredName.of(name + "x").full()).isEqualTo(name + "x");
    }

    @Test
    void aLongNameIsShortenedToFitInAnIndex() {
        List<String> ends = List.of("x", "xé", "é", "🎉", "x🎉", "xx🎉");
        for (String end : ends) {
            StoredName name = StoredName.of("x".repeat(996) + end + "y".repeat(5_000));
            assertThat(name.name().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(997 + 64, 1_064);
            assertThat(StoredName.read(name.name(), name.full())).endsWith(end + "y".repeat(5_000));
        }
    }

    @Test
    void longNamesThatBeginAlikeDiffer() {
        String start = "n".repeat(2_000);
        assertThat(StoredName.of(start + "a").name())
                .isNotEqualTo(StoredName.of(start + "b").name());
    }

    @Test
    void theBoundsOfARangeContainItsNamesInTheIndex() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            names.add("x".repeat(990) + text(16));
        }
        for (String from : names) {
            for (String before : names) {
                KeyBounds bounds = KeyBounds.of(KvRange.between(from, before));
                String key = names.get(random.nextInt(names.size()));
                boolean isInRange = Utf8.compare(key, from) >= 0 && Utf8.compare(key, before) < 0;
                assertThat(isIn(bounds, key)).isEqualTo(isInRange);
            }
        }
    }

    // As the statements compare.
    private static boolean isIn(KeyBounds bounds, String key) {
        StoredName stored = StoredName.of(key);
        String whole = stored.full() == null ? stored.name() : stored.full();
        return Utf8.compare(stored.name(), bounds.from()) >= 0
                && Utf8.compare(stored.name(), bounds.before()) < 0
                && (bounds.exactFrom() == null || Utf8.compare(whole, bounds.exactFrom()) >= 0)
                && (bounds.exactBefore() == null || Utf8.compare(whole, bounds.exactBefore()) < 0);
    }
}
