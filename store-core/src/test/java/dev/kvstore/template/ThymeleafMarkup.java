package dev.kvstore.template;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.thymeleaf.templateparser.reader.ParserLevelCommentTextReader;
import org.thymeleaf.templateparser.text.AbstractTextHandler;
import org.thymeleaf.templateparser.text.ITextHandler;
import org.thymeleaf.templateparser.text.TextParseException;

/**
 * The names that Thymeleaf's own parser finds in a template, up to the first malformed part. Thymeleaf's lists of names
 * are filled after this step, and do not change.
 *
 * @param names in the order in which Thymeleaf would keep them
 * @param parsed whether the whole template was parsed
 */
record ThymeleafMarkup(List<Name> names, boolean parsed) {

    /** The initial size of Thymeleaf's buffer, in characters. */
    static final int BUFFER = 2_048;

    private static final Constructor<?> PARSER;
    private static final Method PARSE;

    static {
        try {
            Class<?> parser = Class.forName("org.thymeleaf.templateparser.text.TextParser");
            PARSER = parser.getDeclaredConstructor(int.class, int.class, boolean.class, boolean.class);
            PARSER.setAccessible(true);
            PARSE = parser.getMethod("parse", Reader.class, ITextHandler.class);
            PARSE.setAccessible(true);
        } catch (ReflectiveOperationException otherThymeleaf) {
            throw new ExceptionInInitializerError(otherThymeleaf);
        }
    }

    /** The name of an element or attribute, and the position where the element or attribute starts. */
    record Name(boolean ofElement, String text, int line, int column) {

        boolean isAllowed() {
            return ofElement ? AllowedNames.isElement(text) : AllowedNames.isAttribute(text);
        }
    }

    /** Parses a template with a buffer of this size, which is filled with at most so many characters at a time. */
    static ThymeleafMarkup of(String template, int bufferSize, int longestPiece) {
        Names names = new Names();
        try {
            Object parser = PARSER.newInstance(1, bufferSize, false, true);
            PARSE.invoke(parser, new ParserLevelCommentTextReader(new PieceReader(template, longestPiece)), names);
            return new ThymeleafMarkup(names.read, true);
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof TextParseException) {
                return new ThymeleafMarkup(names.read, false);
            }
            throw new IllegalStateException(failed.getCause());
        } catch (ReflectiveOperationException otherThymeleaf) {
            throw new IllegalStateException(otherThymeleaf);
        }
    }

    private static final class PieceReader extends FilterReader {

        private final int longest;

        PieceReader(String text, int longest) {
            super(new StringReader(text));
            this.longest = longest;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(length, longest));
        }
    }

    private static final class Names extends AbstractTextHandler {

        private final List<Name> read = new ArrayList<>();

        private void add(boolean ofElement, char[] buffer, int offset, int length, int line, int column) {
            read.add(new Name(ofElement, new String(buffer, offset, length), line, column));
        }

        @Override
        public void handleOpenElementStart(char[] buffer, int offset, int length, int line, int column) {
            add(true, buffer, offset, length, line, column);
        }

        @Override
        public void handleStandaloneElementStart(
                char[] buffer, int offset, int length, boolean minimized, int line, int column) {
            add(true, buffer, offset, length, line, column);
        }

        @Override
        public void handleCloseElementStart(char[] buffer, int offset, int length, int line, int column) {
            add(true, buffer, offset, length, line, column);
        }

        @Override
        public void handleAttribute(
                char[] buffer,
                int offset,
                int length,
                int line,
                int column,
                int operatorOffset,
                int operatorLength,
                int operatorLine,
                int operatorColumn,
                int contentOffset,
                int contentLength,
                int outerOffset,
                int outerLength,
                int valueLine,
                int valueColumn) {
            add(false, buffer, offset, length, line, column);
        }
    }
}
