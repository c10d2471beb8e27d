package dev.kvstore.template;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.templateresource.ITemplateResource;

/**
 * A template passed as text, with the deadline of its parsing. Two templates are equal if their texts are: the template
 * is part of the key in Thymeleaf's cache.
 */
final class InlineTemplate implements ITemplateResource {

    static final String NAME = "text";

    private final String text;
    private final Deadline deadline;

    InlineTemplate(String text, Deadline deadline) {
        this.text = text;
        this.deadline = deadline;
    }

    int length() {
        return text.length();
    }

    @Override
    public Reader reader() {
        Markup.check(text);
        return new TimedReader(text, deadline);
    }

    @Override
    public String getDescription() {
        return NAME;
    }

    @Override
    public @Nullable String getBaseName() {
        return null;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public ITemplateResource relative(String location) {
        throw new TemplateFault("a template within a template is not allowed");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InlineTemplate template && text.equals(template.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Without the text, because Thymeleaf logs it. */
    @Override
    public String toString() {
        return NAME;
    }

    /**
     * Checks the time with each piece that the parser reads: some templates make it read one character at a time, and
     * rescan the current element for each. A piece is as long as all pieces before it together, because the parser also
     * rescans the element for each piece.
     */
    private static final class TimedReader extends FilterReader {

        private static final int SHORTEST_PIECE = 4_096;

        private final Deadline deadline;
        private int piece = SHORTEST_PIECE;

        TimedReader(String text, Deadline deadline) {
            super(new StringReader(text));
            this.deadline = deadline;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            deadline.check();
            int read = super.read(buffer, offset, Math.min(length, piece));
            piece += Math.max(read, 0);
            return read;
        }
    }
}
