package dev.kvstore.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Splits an expression into symbols and operands. Reads each character at most twice. */
final class Lexer {

    /** The characters that begin an expression in braces. Only {@code ${…}} is allowed. */
    private static final String BEFORE_A_BRACE = "$*#@~";

    /** A quoted key may contain braces. */
    private static final Pattern QUOTED_KEY = Pattern.compile("\\s*#all(?:\\['[^']*']|\\[\"[^\"]*\"])");

    private final String text;
    private final List<Lexeme> lexemes = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** The lexemes of an expression, followed by {@link Symbol#END}. */
    static List<Lexeme> lexemes(String expression) {
        Lexer lexer = new Lexer(expression);
        while (lexer.at < expression.length()) {
            lexer.read();
        }
        lexer.lexemes.add(Lexeme.of(Symbol.END));
        return lexer.lexemes;
    }

    private void read() {
        char character = text.charAt(at);
        if (character <= ' ') {
            at++;
        } else if (character == '\'') {
            lexemes.add(Lexeme.of(literal()));
        } else if (character == '|') {
            lexemes.add(Lexeme.of(substitution()));
        } else if (isBraceAfter(at)) {
            lexemes.add(Lexeme.of(reference()));
        } else if (Words.isPart(character)) {
            readWord();
        } else {
            readSign();
        }
    }

    private boolean isBraceAfter(int index) {
        return index + 1 < text.length()
                && text.charAt(index + 1) == '{'
                && BEFORE_A_BRACE.indexOf(text.charAt(index)) >= 0;
    }

    private Term literal() {
        StringBuilder literal = new StringBuilder();
        int index = at + 1;
        while (index < text.length() && text.charAt(index) != '\'') {
            if (text.charAt(index) == '\\' && isQuoteOrBackslash(index + 1)) {
                index++;
            }
            literal.append(text.charAt(index++));
        }
        if (index == text.length()) {
            throw ExpressionParser.unreadable();
        }
        at = index + 1;
        return new Term.Constant(new Values.Literal(literal.toString()));
    }

    private boolean isQuoteOrBackslash(int index) {
        return index < text.length() && (text.charAt(index) == '\'' || text.charAt(index) == '\\');
    }

    private Term substitution() {
        List<Term> parts = new ArrayList<>();
        at++;
        int start = at;
        while (at < text.length() && text.charAt(at) != '|') {
            // In a literal substitution Thymeleaf takes a fragment expression as text.
            if (isBraceAfter(at) && text.charAt(at) != '~') {
                addText(start, parts);
                parts.add(reference());
                start = at;
            } else {
                at++;
            }
        }
        addText(start, parts);
        if (at == text.length() || parts.isEmpty()) {
            throw ExpressionParser.unreadable();
        }
        at++;
        return new Substitution(List.copyOf(parts));
    }

    private void addText(int start, List<Term> parts) {
        if (start < at) {
            parts.add(new Term.Constant(new Values.Literal(text.substring(start, at))));
        }
    }

    private Term reference() {
        if (text.charAt(at) != '$') {
            throw new TemplateFault("an expression is not allowed: only ${…}, literals and operators are");
        }
        int start = at + 2;
        Matcher quotedKey = QUOTED_KEY.matcher(text).region(start, text.length());
        int index = quotedKey.lookingAt() ? quotedKey.end() : start;
        for (int open = 1; open > 0; index++) {
            if (index == text.length()) {
                throw ExpressionParser.unreadable();
            }
            open += text.charAt(index) == '{' ? 1 : text.charAt(index) == '}' ? -1 : 0;
        }
        at = index;
        return Reference.read(withoutBraces(text.substring(start, index - 1)));
    }

    /** In Thymeleaf {@code ${{…}}} is {@code ${…}} with type conversion; here no types are converted. */
    private static String withoutBraces(String reference) {
        boolean inBraces = reference.length() > 2 && reference.startsWith("{") && reference.endsWith("}");
        return inBraces ? reference.substring(1, reference.length() - 1) : reference;
    }

    private void readWord() {
        int start = at;
        while (at < text.length() && Words.isPart(text.charAt(at))) {
            at++;
        }
        String run = text.substring(start, at);
        if (Words.isSubtraction(run)) {
            int minus = run.indexOf('-');
            addWord(run.substring(0, minus));
            lexemes.add(Lexeme.of(Symbol.MINUS));
            addWord(run.substring(minus + 1));
        } else {
            addWord(run);
        }
    }

    private void addWord(String word) {
        if (!word.isEmpty()) {
            Symbol operator = Symbol.ofWord(word);
            lexemes.add(operator != null ? Lexeme.of(operator) : Lexeme.of(Words.term(word)));
        }
    }

    private void readSign() {
        for (int length = 2; length > 0; length--) {
            @Nullable
            Symbol symbol = at + length <= text.length() ? Symbol.ofSigns(text.substring(at, at + length)) : null;
            if (symbol != null) {
                at += length;
                lexemes.add(Lexeme.of(symbol));
                return;
            }
        }
        throw ExpressionParser.unreadable();
    }
}
