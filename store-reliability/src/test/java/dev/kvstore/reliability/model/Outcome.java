package dev.kvstore.reliability.model;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvTemplateException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** What came of a call: a value, or the type of the exception that the documentation names. */
record Outcome(Object value, String refusal) {

    private static final List<Class<? extends RuntimeException>> REFUSALS = List.of(
            IllegalArgumentException.class,
            KvLimitException.class,
            KvNotFoundException.class,
            InvalidDataAccessApiUsageException.class);

    static Outcome of(Supplier<Object> call) {
        try {
            return new Outcome(call.get(), null);
        } catch (RuntimeException e) {
            return new Outcome(null, refusal(e));
        }
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

    boolean isRefused() {
        return refusal != null;
    }

    @Override
    public String toString() {
        return isRefused() ? "refused with " + refusal : Texts.literal(String.valueOf(value));
    }
}
