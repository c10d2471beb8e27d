package dev.kvstore.secrets;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What nobody but the caller may see: values and templates of tests hold it, and no message or log may. */
public final class Secrets {

    public static final String VALUE = "s3cret";

    private Secrets() {}

    /** All that a person could read of an exception: its messages, with those of its causes and suppressed ones. */
    public static String textOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
