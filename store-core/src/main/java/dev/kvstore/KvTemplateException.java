package dev.kvstore;

/**
 * A template cannot be parsed or rendered. The message says why and, if known, at which line and column; it contains
 * neither text of the template nor a value.
 *
 * <pre>{@code
 * try {
 *     System.out.println(kv.render("Hello [(${name})]!", "mail"));
 * } catch (KvTemplateException failed) {
 *     boolean malformed = failed.kind() == KvTemplateException.Kind.PARSE;
 *     System.err.println((malformed ? "Correct the markup. " : "") + failed.getMessage());
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class KvTemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The step that failed. */
    public enum Kind {
        /** Parsing: the markup of the template is malformed. */
        PARSE,
        /**
         * Rendering: the template was not found, an expression is malformed, not allowed or failed, a key is missing in
         * strict mode, or the time limit was exceeded.
         */
        RENDER
    }

    private final Kind kind;

    /** Creates an exception. The message contains neither text of the template nor a value. */
    public KvTemplateException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Returns the step that failed. */
    public Kind kind() {
        return kind;
    }
}
