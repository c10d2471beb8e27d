package dev.kvstore.template;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.KvTemplateException.Kind;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.templateparser.text.TextParseException;

/** Replaces exceptions of Thymeleaf, whose messages and causes contain text of the template. */
final class TemplateFailure {

    private TemplateFailure() {}

    /**
     * Returns the exception to throw instead, without a cause.
     *
     * @param template the name of the template in messages
     */
    static RuntimeException of(Throwable thrown, String template) {
        String position = "";
        Throwable innermost = thrown;
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof KvLimitException limit) {
                return limit;
            }
            if (at instanceof TemplateProcessingException failed && failed.hasLineAndCol()) {
                position = position(failed.getLine(), failed.getCol());
            }
            if (at instanceof TemplateFault fault) {
                return failure(fault.kind(), template + position, fault.reason());
            }
            innermost = at;
        }
        // Thymeleaf wraps failures of rendering in parse exceptions too: only the innermost exception is reliable.
        if (innermost instanceof TextParseException unparsable) {
            return failure(
                    Kind.PARSE,
                    template + position(unparsable.getLine(), unparsable.getCol()),
                    "an element is not well-formed, never closed, or closed without being opened");
        }
        return failure(
                Kind.RENDER,
                template + position,
                "Thymeleaf failed with " + innermost.getClass().getSimpleName());
    }

    private static KvTemplateException failure(Kind kind, String what, String reason) {
        return new KvTemplateException(
                kind, "Could not " + (kind == Kind.PARSE ? "parse " : "render ") + what + ": " + reason);
    }

    private static String position(@Nullable Integer line, @Nullable Integer column) {
        return line == null || column == null ? "" : " at line " + line + ", column " + column;
    }
}
