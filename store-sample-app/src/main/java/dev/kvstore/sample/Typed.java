package dev.kvstore.sample;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** The input of a refused form, so that the user need not type it again. */
record Typed(@Nullable HttpServletRequest refused) {

    static final Typed NOTHING = new Typed(null);

    /** The text of a field: the input, if this form was refused. */
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
