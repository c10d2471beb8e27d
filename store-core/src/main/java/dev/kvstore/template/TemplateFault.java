package dev.kvstore.template;

import dev.kvstore.KvTemplateException.Kind;
import org.thymeleaf.exceptions.TemplateProcessingException;

/**
 * Ends a rendering. Thymeleaf adds the line and the column on the way to {@link TemplateFailure}.
 *
 * <p>The reason becomes part of a message: it contains neither text of the template nor a value.
 */
final class TemplateFault extends TemplateProcessingException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String reason;

    TemplateFault(String reason) {
        this(Kind.RENDER, reason);
    }

    TemplateFault(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
        this.reason = reason;
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return reason;
    }
}
