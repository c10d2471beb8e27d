package dev.kvstore.secrets;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A secret of the caller: part of values and templates in tests, and forbidden in messages and logs. */
public final class Secrets {

    public static final String VALUE = "s3cret";

    private Secrets() {}

    /** The printed form of an exception, with the messages of its causes and suppressed exceptions. */
    public static String textOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
