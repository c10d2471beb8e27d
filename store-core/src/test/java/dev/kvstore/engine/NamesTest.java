package dev.kvstore.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A name in a message is short, has one line, and is valid Unicode. */
class NamesTest {

    @Test
    void aNameOfUpTo200CharactersIsComplete() {
        assertThat(Names.printable("")).isEmpty();
        assertThat(Names.printable("n".repeat(200))).isEqualTo("n".repeat(200));
        assertThat(Names.printable("n".repeat(198) + "🎉")).isEqualTo("n".repeat(198) + "🎉");
    }

    @Test
    void aLongerNameIsTruncatedButNotWithinASurrogatePair() {
        assertThat(Names.printable("n".repeat(201))).isEqualTo("n".repeat(200) + "…");
        assertThat(Names.printable("n".repeat(199) + "🎉")).isEqualTo("n".repeat(199) + "…");
        assertThat(Names.printable("n".repeat(198) + "🎉🎉")).isEqualTo("n".repeat(198) + "🎉…");
    }

    @Test
    void charactersThatCouldForgeALogLineAreEscaped() {
        assertThat(Names.printable("a\n\u2028\u2029\u202e\u0000b")).isEqualTo("a\\u000A\\u2028\\u2029\\u202E\\u0000b");
        assertThat(Names.printable("\ud83c!")).isEqualTo("\\uD83C!");
    }
}
