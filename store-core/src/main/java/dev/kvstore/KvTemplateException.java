package dev.kvstore;

/** A template does not parse or does not render. The message says where and why, without the template's text. */
public final class KvTemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Which half of the work failed. */
    public enum Kind {
        /** The template's markup does not parse. */
        PARSE,
        /** The template was not found, or an expression, a missing key in strict mode or the time limit ended it. */
        RENDER
    }

    private final Kind kind;

    public KvTemplateException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Which half of the work failed. */
    public Kind kind() {
        return kind;
    }
}
