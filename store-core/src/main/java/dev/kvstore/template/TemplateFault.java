package dev.kvstore.template;

import dev.kvstore.KvTemplateException.Kind;
import org.thymeleaf.exceptions.TemplateProcessingException;

/**
 * What ends a rendering, on its way through Thymeleaf, which adds the line and the column.
 *
 * <p>The reason is shown to the user: it holds no text of the template and no value.
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
