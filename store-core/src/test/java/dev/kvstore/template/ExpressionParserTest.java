package dev.kvstore.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our parser parses generated expressions as Thymeleaf's does, with a few deliberate differences. */
class ExpressionParserTest {

    private static final long SEED = Long.getLong("expressions.seed", 20_261_127);
    private static final int EXPRESSIONS = Integer.getInteger("expressions.count", 50_000);

    private static final List<String> OPERANDS = List.of(
            "${a}",
            "${a.b}",
            "${a-b}",
            "${ x == y }",
            "${{a}}",
            "'b'",
            "'it\\'s'",
            "'a\\\\'",
            "'(' ",
            "''",
            "1",
            "2.50",
            ".5",
            "1.",
            "1.2.3",
            "007",
            "true",
            "FALSE",
            "null",
            "red",
            "Rot",
            "a-b",
            "2026-11-27",
            "list[0]",
            "ключ",
            "nothing",
            "order",
            "1-2",
            "3-",
            "-4");

    private static final List<String> OPERATORS = List.of(
            "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or", "eq", "ne", "neq", "lt", "le", "gt",
            "ge", "div", "mod", "AND", "Or", "DIV", "Mod");

    private static final List<String> ANYTHING = List.of(
            "(",
            ")",
            "(",
            ")",
            "?",
            ":",
            "?:",
            "!",
            "not ",
            "not",
            "-",
            "=",
            "'",
            "\\",
            "$",
            "{",
            "}",
            "${",
            "§",
            "§1§",
            ",",
            "#",
            "\"",
            "~",
            "\u00A0",
            "\u2028",
            "\u0000",
            "\uD83D\uDE00",
            "×",
            ";",
            "^",
            "&",
            "é",
            ".",
            "[",
            "]");

    private static final Set<Symbol> SIGNS = EnumSet.of(Symbol.NOT, Symbol.MINUS);
    private static final Set<Symbol> PRODUCTS = EnumSet.of(Symbol.TIMES, Symbol.DIVIDED_BY, Symbol.MODULO);

    private static final List<String> BLANKS = List.of("", "", " ", " ", "  ", "\n", "\t");

    private int parsed;

    @Test
    void expressionsAreParsedAsInThymeleaf() {
        assertThat(differences(ExpressionParser::parse)).isEmpty();
        assertThat(parsed).as("expressions that parse").isBetween(EXPRESSIONS / 5, EXPRESSIONS * 4 / 5);
    }

    @Test
    void aParserWithRightAssociativeSumsIsDetected() {
        assertThat(differences(expression -> rightAssociative(ExpressionParser.parse(expression))))
                .isPresent();
    }

    private static Term rightAssociative(Term term) {
        return term instanceof Sum sum && sum.left() instanceof Sum left
                ? new Sum(left.left(), new Sum(left.right(), sum.right()))
                : term;
    }

    /** The first expression that a parser and Thymeleaf parse differently. */
    private Optional<String> differences(Function<String, Term> parser) {
        RandomGenerator random = new Random(SEED);
        for (int i = 0; i < EXPRESSIONS; i++) {
            String expression = i % 2 == 0 ? expression(random, 3) : anything(random);
            Optional<Term> theirs = ThymeleafExpressions.parse(expression);
            Optional<Term> ours = read(parser, expression);
            parsed += theirs.isPresent() ? 1 : 0;
            if (!ours.equals(theirs) && !isDeliberate(expression, ours)) {
                return Optional.of(expression + " is parsed by us as " + ours + ", by Thymeleaf as " + theirs);
            }
        }
        return Optional.empty();
    }

    private static Optional<Term> read(Function<String, Term> parser, String expression) {
        try {
            return Optional.of(parser.apply(expression));
        } catch (TemplateFault refused) {
            return Optional.empty();
        }
    }

    /**
     * Whether the difference is deliberate: an empty reference is a key; the signs of an operand have one order; a
     * product that does not parse is an error, where Thymeleaf falls back to multiplying a difference.
     */
    private static boolean isDeliberate(String expression, Optional<Term> ours) {
        if (ours.isPresent()) {
            return expression.contains("${}");
        }
        try {
            List<Symbol> symbols =
                    Lexer.lexemes(expression).stream().map(Lexeme::symbol).toList();
            boolean signs = IntStream.range(1, symbols.size())
                    .anyMatch(i -> symbols.get(i) == Symbol.NOT && SIGNS.contains(symbols.get(i - 1)));
            return signs || (symbols.contains(Symbol.MINUS) && symbols.stream().anyMatch(PRODUCTS::contains));
        } catch (TemplateFault unreadable) {
            return false;
        }
    }

    private static String expression(RandomGenerator random, int depth) {
        StringBuilder expression = new StringBuilder(operand(random, depth));
        for (int more = random.nextInt(4); more > 0; more--) {
            String operator = any(OPERATORS, random);
            boolean word = Character.isLetter(operator.charAt(0));
            expression.append(word ? " " : any(BLANKS, random)).append(operator);
            expression.append(word ? " " : any(BLANKS, random)).append(operand(random, depth));
        }
        return expression.toString();
    }

    private static String operand(RandomGenerator random, int depth) {
        String nested = depth > 0 ? expression(random, depth - 1) : "1";
        return switch (random.nextInt(12)) {
            case 0 -> "-" + any(BLANKS, random) + any(OPERANDS, random);
            case 1 -> "!" + any(BLANKS, random) + any(OPERANDS, random);
            case 2 -> "not " + any(OPERANDS, random);
            case 3 -> "(" + nested + ")";
            case 4 -> "(" + nested + any(BLANKS, random) + "?:" + any(OPERANDS, random) + ")";
            case 5 -> "(" + nested + " ? " + any(OPERANDS, random) + " : " + nested + ")";
            case 6 -> "(" + nested + "?" + any(OPERANDS, random) + ")";
            default -> any(OPERANDS, random);
        };
    }

    private static String anything(RandomGenerator random) {
        StringBuilder expression = new StringBuilder();
        for (int tokens = 1 + random.nextInt(8); tokens > 0; tokens--) {
            expression.append(any(List.of(OPERANDS, OPERATORS, ANYTHING).get(random.nextInt(3)), random));
            expression.append(any(BLANKS, random));
        }
        return expression.toString();
    }

    private static <T> T any(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!${a}", "not not ${a}", "! not ${a}", "not !${a}", "- -1", "-!${a}", "1 - - -1"})
    void anOperandHasAtMostOneSignAndOneNegationBeforeIt(String expression) {
        assertThat(read(ExpressionParser::parse, expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!(!${a})", "not (not ${a})", "-(-1)", "1 - -1", "! -${a}", "not -1"})
    void parenthesesAllowMoreSignsAndNegations(String expression) {
        assertThat(read(ExpressionParser::parse, expression)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a ? b ? c : d : e", "${a} ?: ${b} ?: 'c'", "${a} ? 1 : 2 : 3", "? :", "${a} ? : 1", ": 1"})
    void aChoiceWithinAChoiceNeedsParentheses(String expression) {
        assertThat(read(ExpressionParser::parse, expression)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1-2-3", "2026-11-27", "a-1", "1-a", "--1", "a-b", "_", "１２", "1.2.3", "."})
    void aWordIsText(String word) {
        assertThat(ExpressionParser.parse(word)).isEqualTo(new Term.Word(new Values.Literal(word)));
    }

    @Test
    void aLiteralSubstitutionConsistsOfTextAndReferences() {
        assertThat(ExpressionParser.parse("|it's ~{x} \\ (${a}${b})|"))
                .isEqualTo(new Substitution(
                        List.of(text("it's ~{x} \\ ("), Reference.read("a"), Reference.read("b"), text(")"))));
    }

    private static Term text(String text) {
        return new Term.Constant(new Values.Literal(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "||", "|a", "|${a}", "|a| |b|", "|a|'b'", "|*{a}|", "|a| * 2", "|${a}| / 2"})
    void anInvalidLiteralSubstitutionIsRefused(String expression) {
        assertThat(read(ExpressionParser::parse, expression)).isEmpty();
    }
}
