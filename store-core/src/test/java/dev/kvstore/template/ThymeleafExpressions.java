package dev.kvstore.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.ExpressionContext;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.standard.expression.AdditionExpression;
import org.thymeleaf.standard.expression.AdditionSubtractionExpression;
import org.thymeleaf.standard.expression.AndExpression;
import org.thymeleaf.standard.expression.BinaryOperationExpression;
import org.thymeleaf.standard.expression.ConditionalExpression;
import org.thymeleaf.standard.expression.DefaultExpression;
import org.thymeleaf.standard.expression.DivisionExpression;
import org.thymeleaf.standard.expression.EqualsExpression;
import org.thymeleaf.standard.expression.GreaterOrEqualToExpression;
import org.thymeleaf.standard.expression.GreaterThanExpression;
import org.thymeleaf.standard.expression.IStandardExpression;
import org.thymeleaf.standard.expression.LessOrEqualToExpression;
import org.thymeleaf.standard.expression.LessThanExpression;
import org.thymeleaf.standard.expression.MinusExpression;
import org.thymeleaf.standard.expression.MultiplicationDivisionRemainderExpression;
import org.thymeleaf.standard.expression.MultiplicationExpression;
import org.thymeleaf.standard.expression.NegationExpression;
import org.thymeleaf.standard.expression.NotEqualsExpression;
import org.thymeleaf.standard.expression.OrExpression;
import org.thymeleaf.standard.expression.RemainderExpression;
import org.thymeleaf.standard.expression.StandardExpressionParser;
import org.thymeleaf.standard.expression.SubtractionExpression;
import org.thymeleaf.standard.expression.TextLiteralExpression;
import org.thymeleaf.standard.expression.Token;
import org.thymeleaf.standard.expression.VariableExpression;

/** Parses expressions with Thymeleaf's own parser, and converts the result to our terms. */
final class ThymeleafExpressions {

    private static final Map<Class<?>, Symbol> OPERATORS = Map.ofEntries(
            Map.entry(SubtractionExpression.class, Symbol.MINUS),
            Map.entry(MultiplicationExpression.class, Symbol.TIMES),
            Map.entry(DivisionExpression.class, Symbol.DIVIDED_BY),
            Map.entry(RemainderExpression.class, Symbol.MODULO),
            Map.entry(EqualsExpression.class, Symbol.EQUAL),
            Map.entry(NotEqualsExpression.class, Symbol.NOT_EQUAL),
            Map.entry(LessThanExpression.class, Symbol.LESS),
            Map.entry(LessOrEqualToExpression.class, Symbol.LESS_OR_EQUAL),
            Map.entry(GreaterThanExpression.class, Symbol.GREATER),
            Map.entry(GreaterOrEqualToExpression.class, Symbol.GREATER_OR_EQUAL));

    private static final StandardExpressionParser PARSER = new StandardExpressionParser();
    private static final IExpressionContext CONTEXT = new ExpressionContext(engine().getConfiguration(), Locale.ROOT);

    private static final Term NOTHING = new Term.Constant(null);

    private ThymeleafExpressions() {}

    private static TemplateEngine engine() {
        TemplateEngine engine = new TemplateEngine();
        engine.setDialect(new RestrictedDialect()); // The standard dialect requires OGNL.
        return engine;
    }

    /** Returns the term, or empty if the expression does not parse. */
    static Optional<Term> parse(String expression) {
        try {
            return Optional.of(of(PARSER.parseExpression(CONTEXT, expression)));
        } catch (TemplateProcessingException unreadable) {
            return Optional.empty();
        }
    }

    private static Term of(IStandardExpression expression) {
        if (expression instanceof VariableExpression variable) {
            return Reference.read(variable.getExpression());
        }
        if (expression instanceof TextLiteralExpression literal) {
            return new Term.Constant(new Values.Literal(literal.getValue().getValue()));
        }
        if (expression instanceof Token token) {
            return constant(token.getValue());
        }
        if (expression instanceof BinaryOperationExpression operation) {
            return binary(operation);
        }
        if (expression instanceof NegationExpression negation) {
            return new Term.Not(of(negation.getOperand()));
        }
        if (expression instanceof MinusExpression minus) {
            return new Arithmetic(Symbol.MINUS, Arithmetic.ZERO, of(minus.getOperand()));
        }
        if (expression instanceof ConditionalExpression choice) {
            return new Term.Choice(
                    of(choice.getConditionExpression()),
                    of(choice.getThenExpression()),
                    otherwise(choice.getElseExpression()));
        }
        if (expression instanceof DefaultExpression choice) {
            return new Term.Default(of(choice.getQueriedExpression()), of(choice.getDefaultExpression()));
        }
        throw new TemplateProcessingException("not allowed");
    }

    private static Term constant(@Nullable Object token) {
        if (token instanceof String word) {
            return new Term.Word(new Values.Literal(word));
        }
        return new Term.Constant(token instanceof BigInteger number ? new BigDecimal(number) : token);
    }

    private static Term binary(BinaryOperationExpression operation) {
        Term left = of(operation.getLeft());
        Term right = of(operation.getRight());
        if (operation instanceof AndExpression) {
            return new Term.And(left, right);
        }
        if (operation instanceof OrExpression) {
            return new Term.Or(left, right);
        }
        if (operation instanceof AdditionExpression) {
            return new Sum(left, right);
        }
        Symbol operator = Objects.requireNonNull(OPERATORS.get(operation.getClass()));
        return operation instanceof AdditionSubtractionExpression
                        || operation instanceof MultiplicationDivisionRemainderExpression
                ? new Arithmetic(operator, left, right)
                : new Comparison(operator, left, right);
    }

    /** For a choice without an alternative, Thymeleaf inserts {@code ${null}}, which here would be a key. */
    private static Term otherwise(IStandardExpression expression) {
        return expression instanceof VariableExpression variable
                        && variable.getExpression().equals("null")
                ? NOTHING
                : of(expression);
    }
}
