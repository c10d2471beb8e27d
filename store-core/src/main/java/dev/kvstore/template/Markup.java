package dev.kvstore.template;

import dev.kvstore.KvTemplateException.Kind;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Scans the markup of a template as Thymeleaf parses it, to refuse names of elements and attributes before Thymeleaf
 * parses them: Thymeleaf keeps every parsed name in JVM-wide lists that only grow.
 */
final class Markup {

    private static final String COMMENT_START = "/*[-";
    private static final String COMMENT_END = "-]*/";
    private static final String NO_NAME_STARTS_WITH = "-!/?[{";

    /** Thymeleaf copies its list of open elements at every twentieth element. */
    static final int MAX_ELEMENT_DEPTH = 2_000;

    /** Thymeleaf copies the body of a loop for each loop around it. */
    static final int MAX_LOOP_DEPTH = 100;

    private final String text;
    private final BitSet loops = new BitSet();
    private int depth;

    private Markup(String text) {
        this.text = text;
    }

    /**
     * Refuses a comment that is never closed, because Thymeleaf does not report its position, a name that is not
     * allowed, and elements that nest too deep. Other malformed markup may pass; Thymeleaf's parser refuses it.
     */
    static void check(String template) {
        Markup markup = new Markup(withoutComments(template));
        int at = markup.text.indexOf('[');
        while (at >= 0) {
            at = markup.text.indexOf('[', markup.checkedFrom(at));
        }
    }

    private static String withoutComments(String template) {
        int start = template.indexOf(COMMENT_START);
        if (start < 0) {
            return template;
        }
        StringBuilder rest = new StringBuilder(template.length());
        int end = 0;
        while (start >= 0) {
            rest.append(template, end, start);
            end = template.indexOf(COMMENT_END, start + COMMENT_START.length());
            if (end < 0) {
                throw new Markup(rest.toString())
                        .at(rest.length(), new TemplateFault(Kind.PARSE, "a comment is never closed"));
            }
            end += COMMENT_END.length();
            start = template.indexOf(COMMENT_START, end);
        }
        return rest.append(template, end, template.length()).toString();
    }

    /** Checks the element that starts at a bracket, if one does, and returns the index from which to continue. */
    private int checkedFrom(int start) {
        if (!isElement(start)) {
            return start + 1;
        }
        int end = elementEnd(start);
        // A closing element needs no check: if its name is not that of the opening element, it does not parse.
        if (end < text.length() && text.charAt(start + 1) == '#') {
            boolean standsAlone = text.charAt(end - 1) == '/';
            checkElement(start, standsAlone ? end - 1 : end);
            if (standsAlone) {
                loops.clear(depth);
            } else {
                open(start);
            }
        } else {
            close();
        }
        return end;
    }

    /** Counts an open element, which {@link #checkElement} has marked if it is a loop. */
    private void open(int start) {
        depth++;
        if (depth > MAX_ELEMENT_DEPTH) {
            throw at(start, new TemplateFault("elements nest deeper than " + MAX_ELEMENT_DEPTH));
        }
        if (loops.cardinality() > MAX_LOOP_DEPTH) {
            throw at(start, new TemplateFault("loops nest deeper than " + MAX_LOOP_DEPTH));
        }
    }

    private void close() {
        depth = Math.max(0, depth - 1);
        loops.clear(depth);
    }

    private boolean isElement(int start) {
        int name = start + 2;
        if (name >= text.length() || (text.charAt(start + 1) != '#' && text.charAt(start + 1) != '/')) {
            return false;
        }
        return NO_NAME_STARTS_WITH.indexOf(text.charAt(name)) < 0;
    }

    private int elementEnd(int start) {
        return indexOutsideOfQuotes(start, text.length(), character -> character == ']');
    }

    private void checkElement(int start, int end) {
        int nameEnd = indexOutsideOfQuotes(start + 2, end, Character::isWhitespace);
        if (!AllowedNames.isElement(text.substring(start + 2, nameEnd))) {
            throw at(start, AllowedNames.noElement());
        }
        int at = indexOf(nameEnd, end, Markup::isNotWhitespace);
        while (at < end) {
            at = indexOf(checkAttribute(at, end), end, Markup::isNotWhitespace);
        }
    }

    /** Checks the attribute that starts at an index, and returns the index after it. */
    private int checkAttribute(int start, int elementEnd) {
        int nameEnd = indexOf(start, elementEnd, Markup::isOperator);
        if (nameEnd == start) {
            return elementEnd; // A name that starts with an equals sign does not parse.
        }
        String name = text.substring(start, nameEnd);
        if (!AllowedNames.isAttribute(name)) {
            throw at(start, AllowedNames.noAttribute());
        }
        if (name.equals("th:each")) {
            loops.set(depth);
        }
        int operatorEnd = indexOf(nameEnd, elementEnd, character -> !isOperator(character));
        return text.substring(nameEnd, operatorEnd).indexOf('=') < 0 ? operatorEnd : valueEnd(operatorEnd, elementEnd);
    }

    private int valueEnd(int start, int elementEnd) {
        char first = text.charAt(start);
        if (first != '"' && first != '\'') {
            return indexOf(start, elementEnd, Character::isWhitespace);
        }
        int quote = indexOf(start + 1, elementEnd, character -> character == first);
        return Math.min(quote + 1, elementEnd);
    }

    /** The index of the first matching character, or the end. */
    private int indexOf(int from, int end, IntPredicate wanted) {
        int index = from;
        while (index < end && !wanted.test(text.charAt(index))) {
            index++;
        }
        return index;
    }

    private int indexOutsideOfQuotes(int from, int end, IntPredicate wanted) {
        char quote = 0;
        for (int index = from; index < end; index++) {
            char character = text.charAt(index);
            if (character == quote) {
                quote = 0;
            } else if (quote == 0 && (character == '"' || character == '\'')) {
                quote = character;
            } else if (quote == 0 && wanted.test(character)) {
                return index;
            }
        }
        return end;
    }

    private static boolean isNotWhitespace(int character) {
        return !Character.isWhitespace(character);
    }

    private static boolean isOperator(int character) {
        return character == '=' || Character.isWhitespace(character);
    }

    private TemplateFault at(int index, TemplateFault fault) {
        String before = text.substring(0, index);
        long line = 1 + before.chars().filter(character -> character == '\n').count();
        fault.setLineAndCol((int) line, index - before.lastIndexOf('\n'));
        return fault;
    }
}
