package dev.kvstore.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.standard.expression.AdditionExpression;
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
import org.thymeleaf.standard.expression.MultiplicationExpression;
import org.thymeleaf.standard.expression.NegationExpression;
import org.thymeleaf.standard.expression.NotEqualsExpression;
import org.thymeleaf.standard.expression.OrExpression;
import org.thymeleaf.standard.expression.RemainderExpression;
import org.thymeleaf.standard.expression.SubtractionExpression;
import org.thymeleaf.standard.expression.TextLiteralExpression;
import org.thymeleaf.standard.expression.Token;
import org.thymeleaf.standard.expression.VariableExpression;

/**
 * Makes terms of Thymeleaf's parsed expressions, which are never executed themselves: they log values, and take
 * {@code ${…}} for OGNL. A kind of expression that is not named here is refused.
 */
final class Terms {

    private static final Map<Class<?>, Arithmetic.Operator> ARITHMETIC = Map.of(
            AdditionExpression.class, Arithmetic.Operator.PLUS,
            SubtractionExpression.class, Arithmetic.Operator.MINUS,
            MultiplicationExpression.class, Arithmetic.Operator.TIMES,
            DivisionExpression.class, Arithmetic.Operator.DIVIDED_BY,
            RemainderExpression.class, Arithmetic.Operator.MODULO);

    private static final Map<Class<?>, Comparison.Operator> COMPARISONS = Map.of(
            EqualsExpression.class, Comparison.Operator.EQUAL,
            NotEqualsExpression.class, Comparison.Operator.NOT_EQUAL,
            LessThanExpression.class, Comparison.Operator.LESS,
            LessOrEqualToExpression.class, Comparison.Operator.LESS_OR_EQUAL,
            GreaterThanExpression.class, Comparison.Operator.GREATER,
            GreaterOrEqualToExpression.class, Comparison.Operator.GREATER_OR_EQUAL);

    private static final Term NOTHING = new Term.Constant(null);

    private Terms() {}

    static Term of(IStandardExpression expression) {
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
            return new Arithmetic(
                    Arithmetic.Operator.MINUS, new Term.Constant(BigDecimal.ZERO), of(minus.getOperand()));
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
        throw new TemplateFault("an expression is not allowed: only ${…}, literals and operators are");
    }

    private static Term constant(@Nullable Object token) {
        if (token instanceof String word) {
            return new Term.Constant(new Values.Literal(word));
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
        Arithmetic.Operator operator = ARITHMETIC.get(operation.getClass());
        if (operator != null) {
            return new Arithmetic(operator, left, right);
        }
        Comparison.Operator comparison = COMPARISONS.get(operation.getClass());
        if (comparison != null) {
            return new Comparison(comparison, left, right);
        }
        throw new TemplateFault("an operator is not allowed");
    }

    /** Where a choice has no second half, Thymeleaf puts {@code ${null}}, which here would be a key. */
    private static Term otherwise(IStandardExpression expression) {
        return expression instanceof VariableExpression variable
                        && variable.getExpression().equals("null")
                ? NOTHING
                : of(expression);
    }
}
