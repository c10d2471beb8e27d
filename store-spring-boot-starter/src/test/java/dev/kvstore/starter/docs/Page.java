package dev.kvstore.starter.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A documentation page and its code blocks. */
record Page(String text) {

    static Page read(String name) {
        try {
            return new Page(Files.readString(Path.of("..", name)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The contents of the fenced code blocks of a language, in page order. */
    List<String> blocks(String language) {
        return matches("(?m)^```" + language + "\\n((?s:.*?))^```$");
    }

    /** The first group of each match of a pattern. */
    List<String> matches(String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
