package dev.kvstore.sample;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** What was typed into a form that was refused, so that nobody has to type it again. */
record Typed(@Nullable HttpServletRequest refused) {

    static final Typed NOTHING = new Typed(null);

    /** The text for a field: what was typed, if this form was the refused one. */
    public String in(String form, String field, String otherwise) {
        if (refused == null || !form.equals(refused.getRequestURI())) {
            return otherwise;
        }
        try {
            String text = refused.getParameter(field);
            return text == null ? otherwise : text;
        } catch (InvalidParameterException unreadable) {
            return otherwise;
        }
    }
}
