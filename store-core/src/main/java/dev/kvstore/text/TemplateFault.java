package dev.kvstore.text;

import org.thymeleaf.exceptions.TemplateProcessingException;

/**
 * What ends a rendering, on its way through Thymeleaf, which adds the line and the column.
 *
 * <p>The reason is shown to the user: it holds no text of the template and no value.
 */
final class TemplateFault extends TemplateProcessingException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    TemplateFault(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
