package dev.kvstore.template;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A symbol of an expression, with the term if it is an operand. */
record Lexeme(Symbol symbol, @Nullable Term operand) {

    static Lexeme of(Symbol symbol) {
        return new Lexeme(symbol, null);
    }

    static Lexeme of(Term operand) {
        return new Lexeme(Symbol.OPERAND, operand);
    }

    Term term() {
        return Objects.requireNonNull(operand);
    }
}
