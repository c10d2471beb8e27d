package dev.kvstore.reliability.model;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.KvTypeException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * The result of a call: a value, or the type of a documented exception.
 *
 * @param names what the message says of an entry that is not UTF-8; in an outcome of the model, of each that it can
 *     name
 */
record ModelOutcome(Object value, String refusal, List<String> names) {

    private static final List<Class<? extends RuntimeException>> REFUSALS = List.of(
            IllegalArgumentException.class,
            IllegalStateException.class,
            NullPointerException.class,
            KvLimitException.class,
            KvNotFoundException.class,
            KvTypeException.class,
            InvalidDataAccessApiUsageException.class,
            DataRetrievalFailureException.class);

    static ModelOutcome of(Supplier<Object> call) {
        try {
            return new ModelOutcome(call.get(), null, List.of());
        } catch (RuntimeException e) {
            return new ModelOutcome(null, refusal(e), names(e));
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

    /** Whether the outcome of a store is that of the model. */
    boolean meets(ModelOutcome expected, VersionPairs pairs) {
        return Results.match(value, expected.value, pairs)
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
        return isRefused() ? "refused with " + refusal + " " + names : Printing.print(value);
    }
}
