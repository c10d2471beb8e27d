package dev.kvstore.template;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of lexemes of an expression. Operators of a higher precedence bind more tightly. */
enum Symbol {
    OPERAND,
    OPENING_PARENTHESIS,
    CLOSING_PARENTHESIS,
    CHOICE,
    OTHERWISE,
    DEFAULT,
    NOT,
    OR(1),
    AND(2),
    EQUAL(3),
    NOT_EQUAL(3),
    LESS(4),
    LESS_OR_EQUAL(4),
    GREATER(4),
    GREATER_OR_EQUAL(4),
    PLUS(5),
    MINUS(5),
    TIMES(6),
    DIVIDED_BY(6),
    MODULO(6),
    END;

    static final int LOOSEST = 1;

    private static final Map<String, Symbol> SIGNS = Map.ofEntries(
            Map.entry("(", OPENING_PARENTHESIS),
            Map.entry(")", CLOSING_PARENTHESIS),
            Map.entry("?", CHOICE),
            Map.entry(":", OTHERWISE),
            Map.entry("?:", DEFAULT),
            Map.entry("!", NOT),
            Map.entry("==", EQUAL),
            Map.entry("!=", NOT_EQUAL),
            Map.entry("<", LESS),
            Map.entry("<=", LESS_OR_EQUAL),
            Map.entry(">", GREATER),
            Map.entry(">=", GREATER_OR_EQUAL),
            Map.entry("+", PLUS),
            Map.entry("-", MINUS),
            Map.entry("*", TIMES),
            Map.entry("/", DIVIDED_BY),
            Map.entry("%", MODULO));

    private static final Map<String, Symbol> WORDS = Map.ofEntries(
            Map.entry("not", NOT),
            Map.entry("or", OR),
            Map.entry("and", AND),
            Map.entry("eq", EQUAL),
            Map.entry("ne", NOT_EQUAL),
            Map.entry("neq", NOT_EQUAL),
            Map.entry("lt", LESS),
            Map.entry("le", LESS_OR_EQUAL),
            Map.entry("gt", GREATER),
            Map.entry("ge", GREATER_OR_EQUAL),
            Map.entry("div", DIVIDED_BY),
            Map.entry("mod", MODULO));

    private final int precedence;

    Symbol() {
        this(0);
    }

    Symbol(int precedence) {
        this.precedence = precedence;
    }

    /** The precedence of a binary operator; zero for all other symbols. */
    int precedence() {
        return precedence;
    }

    /** The symbol written with one or two signs, or null. */
    static @Nullable Symbol ofSigns(String signs) {
        return SIGNS.get(signs);
    }

    /** The operator written as a word, in any letter case, or null. */
    static @Nullable Symbol ofWord(String word) {
        return WORDS.get(word.toLowerCase(Locale.ROOT));
    }
}
