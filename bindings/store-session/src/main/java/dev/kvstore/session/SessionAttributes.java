package dev.kvstore.session;

import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.serializer.support.SerializationFailedException;

/** Encodes and decodes attributes, with errors that name the attribute and never its value. */
final class SessionAttributes {

    private static final Log log = LogFactory.getLog(SessionAttributes.class);
    private static final int MOST_WARNINGS = 100;
    private static final int MOST_CLASSES = 1_000;

    private final AttributeCodec codec;
    private final Set<Class<?>> readable = ConcurrentHashMap.newKeySet();
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();

    SessionAttributes(AttributeCodec codec) {
        this.codec = codec;
    }

    byte[] encode(String name, Object value) {
        try {
            byte[] bytes = codec.encode(value);
            if (readable.size() < MOST_CLASSES && !readable.contains(value.getClass())) {
                codec.decode(bytes); // tells now, once for each class, what would end the session at the next request
                readable.add(value.getClass());
            }
            return bytes;
        } catch (Exception e) { // an implementation may throw anything
            throw new SerializationFailedException(
                    "The session attribute '%s' of %s cannot be stored%s. Make the class and all that it refers to"
                                    .formatted(name, value.getClass().getName(), reason(e))
                            + " serializable in the format of 'kvstore.session.serialization', and allowed by its"
                            + " filter, or keep the value outside of the session",
                    withoutMessage(e));
        }
    }

    /** Returns the value; null if the bytes are no longer one, which is logged once. */
    @Nullable
    Object decode(String name, byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (Exception | LinkageError e) { // the class has changed, or an implementation throws anything
            warn(name, e);
            return null;
        }
    }

    private void warn(String name, Throwable failure) {
        String warning = "A session attribute, '" + name + "', cannot be decoded" + reason(failure)
                + ". The sessions that have it end, and their users have to log in again. This is expected when the"
                + " class has changed";
        if (warnings.size() < MOST_WARNINGS && warnings.add(warning)) {
            log.warn(warning);
        } else {
            log.debug(warning);
        }
    }

    /** The messages of other exceptions may quote a value. */
    private static String reason(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        boolean isOnlyAboutClasses = cause instanceof InvalidClassException
                || cause instanceof NotSerializableException
                || cause instanceof ClassNotFoundException
                || cause instanceof LinkageError;
        return " (" + cause.getClass().getName() + (isOnlyAboutClasses ? ": " + cause.getMessage() : "") + ")";
    }

    private static Throwable withoutMessage(Throwable failure) {
        Throwable copy = new IllegalArgumentException(failure.getClass().getName());
        copy.setStackTrace(Arrays.copyOf(failure.getStackTrace(), failure.getStackTrace().length));
        return copy;
    }
}
