package dev.kvstore.reliability.model;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.reliability.model.Model.UnreadableException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * What came of a call: a value, or the type of the exception that the documentation names.
 *
 * @param names what the message says of an entry that is not UTF-8; in an outcome of the model, of each that it can name
 */
record Outcome(Object value, String refusal, List<String> names) {

    private static final List<Class<? extends RuntimeException>> REFUSALS = List.of(
            IllegalArgumentException.class,
            KvLimitException.class,
            KvNotFoundException.class,
            InvalidDataAccessApiUsageException.class,
            DataRetrievalFailureException.class);

    static Outcome of(Supplier<Object> call) {
        try {
            return new Outcome(call.get(), null, List.of());
        } catch (RuntimeException e) {
            return new Outcome(null, refusal(e), names(e));
        }
    }

    private static List<String> names(RuntimeException e) {
        if (e instanceof UnreadableException unreadable) {
            return unreadable.names();
        }
        return e.getClass() == DataRetrievalFailureException.class ? List.of(e.toString()) : List.of();
    }

    private static String refusal(RuntimeException e) {
        if (e instanceof KvTemplateException template) {
            return "KvTemplateException, " + template.kind();
        }
        Stream<String> documented =
                REFUSALS.stream().filter(type -> type.isInstance(e)).map(Class::getSimpleName);
        return documented.findFirst().orElseGet(e::toString);
    }

    /** A map equals another whatever their orders; the list of its entries does not. */
    static Object inOrder(Map<String, String> entries) {
        return List.copyOf(entries.entrySet());
    }

    /** Whether a store did what the model expects. */
    boolean meets(Outcome expected) {
        return Objects.equals(value, expected.value)
                && Objects.equals(refusal, expected.refusal)
                && (expected.names.isEmpty()
                        || names.stream()
                                .anyMatch(message -> expected.names.stream().anyMatch(message::contains)));
    }

    boolean isRefused() {
        return refusal != null;
    }

    @Override
    public String toString() {
        return isRefused() ? "refused with " + refusal + " " + names : Texts.literal(String.valueOf(value));
    }
}
