package dev.kvstore.text;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.standard.expression.StandardExpressionParser;

/** Reads expressions, and keeps those it has read. Thread-safe. */
final class ExpressionReader {

    /** Far beyond what a person writes, and short enough that nothing nests deep inside. */
    static final int MAX_LENGTH = 1_000;

    private static final int MAX_KEPT = 500;
    private static final Pattern ONE_REFERENCE = Pattern.compile("\\s*\\$\\{(.*)}\\s*", Pattern.DOTALL);
    private static final Pattern BRACE = Pattern.compile("[{}]");

    private final StandardExpressionParser parser = new StandardExpressionParser();
    private final Map<String, Term> kept = new ConcurrentHashMap<>();

    Term read(ITemplateContext context, String expression) {
        Term known = kept.get(expression);
        if (known != null) {
            return known;
        }
        if (expression.length() > MAX_LENGTH) {
            throw new TemplateFault("an expression is longer than " + MAX_LENGTH + " characters");
        }
        Term term = parse(context, expression);
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        kept.put(expression, term);
        return term;
    }

    private Term parse(ITemplateContext context, String expression) {
        Matcher whole = ONE_REFERENCE.matcher(expression);
        if (whole.matches()) {
            // Thymeleaf does not look for quotes within ${…}: a key may contain any character in #all['…'].
            Reference reference = Reference.read(whole.group(1));
            if (reference.isOfGroup() || !BRACE.matcher(reference.text()).find()) {
                return reference;
            }
        }
        if (expression.contains("__")) {
            // Thymeleaf evaluates what stands between two of them, and then the result: a value would be code.
            throw new TemplateFault("an expression contains '__'");
        }
        MinusSigns.check(expression);
        try {
            return Terms.of(parser.parseExpression(context, expression));
        } catch (TemplateFault fault) {
            throw fault;
        } catch (TemplateProcessingException unreadable) {
            throw new TemplateFault("an expression does not parse");
        }
    }
}
