package dev.kvstore.template;

import java.util.List;
import java.util.function.Predicate;

/**
 * Parses an expression by operator precedence, in time linear in its length.
 *
 * <p>The language is that of Thymeleaf's expressions. Thymeleaf's own parser is not used: it repeatedly splits the text
 * at an operator and backtracks when a split fails, which can take minutes for a thousand characters.
 */
final class ExpressionParser {

    private static final Term NOTHING = new Term.Constant(null);

    private final List<Lexeme> lexemes;
    private int at;

    private ExpressionParser(List<Lexeme> lexemes) {
        this.lexemes = lexemes;
    }

    static Term parse(String expression) {
        ExpressionParser parser = new ExpressionParser(Lexer.lexemes(expression));
        Term term = parser.choice();
        parser.expect(Symbol.END);
        return term;
    }

    static TemplateFault unreadable() {
        return new TemplateFault("an expression does not parse");
    }

    private Term choice() {
        Term first = binary(Symbol.LOOSEST);
        if (take(Symbol.DEFAULT)) {
            return new Term.Default(first, binary(Symbol.LOOSEST));
        }
        if (take(Symbol.CHOICE)) {
            Term whenTrue = binary(Symbol.LOOSEST);
            return new Term.Choice(first, whenTrue, take(Symbol.OTHERWISE) ? binary(Symbol.LOOSEST) : NOTHING);
        }
        return first;
    }

    private Term binary(int loosest) {
        Term left = operand();
        while (next().precedence() >= loosest) {
            Symbol operator = next();
            at++;
            left = combined(operator, left, binary(operator.precedence() + 1));
        }
        return left;
    }

    private Term operand() {
        return take(Symbol.NOT) ? new Term.Not(signed()) : signed();
    }

    private Term signed() {
        return take(Symbol.MINUS) ? new Arithmetic(Symbol.MINUS, Arithmetic.ZERO, unsigned()) : unsigned();
    }

    private Term unsigned() {
        if (take(Symbol.OPENING_PARENTHESIS)) {
            Term inside = choice();
            expect(Symbol.CLOSING_PARENTHESIS);
            return inside;
        }
        Lexeme lexeme = lexemes.get(at);
        expect(Symbol.OPERAND);
        return lexeme.term();
    }

    private static Term combined(Symbol operator, Term left, Term right) {
        return switch (operator) {
            case OR -> new Term.Or(checked(left, Term::isTruth), checked(right, Term::isTruth));
            case AND -> new Term.And(checked(left, Term::isTruth), checked(right, Term::isTruth));
            case EQUAL, NOT_EQUAL -> new Comparison(operator, left, right);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                new Comparison(operator, checked(left, Term::isOrdered), checked(right, Term::isOrdered));
            case PLUS -> new Sum(checked(left, Term::isOrdered), checked(right, Term::isOrdered));
            case MINUS -> new Arithmetic(operator, checked(left, Term::isOrdered), checked(right, Term::isOrdered));
            default -> new Arithmetic(operator, checked(left, Term::isNumber), checked(right, Term::isNumber));
        };
    }

    /** Refuses a constant that is never a valid operand of the operator. */
    private static Term checked(Term operand, Predicate<Term> allowed) {
        if (!allowed.test(operand)) {
            throw unreadable();
        }
        return operand;
    }

    private Symbol next() {
        return lexemes.get(at).symbol();
    }

    private boolean take(Symbol symbol) {
        boolean taken = next() == symbol;
        at += taken ? 1 : 0;
        return taken;
    }

    private void expect(Symbol symbol) {
        if (!take(symbol)) {
            throw unreadable();
        }
    }
}
