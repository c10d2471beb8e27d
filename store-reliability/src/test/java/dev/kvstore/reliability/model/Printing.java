package dev.kvstore.reliability.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints operations and results with their texts as literals. */
final class Printing {

    private Printing() {}

    static String operation(Enum<?> kind, int store, Object... arguments) {
        return kind + " in store " + store + ": "
                + Arrays.stream(arguments).map(Printing::print).collect(Collectors.joining(", "));
    }

    static String print(Object printed) {
        if (printed instanceof String text) {
            return HostileTexts.literal(text);
        }
        if (printed instanceof Optional<?> optional) {
            return optional.map(value -> "[" + print(value) + "]").orElse("empty");
        }
        if (printed instanceof Map<?, ?> map) {
            return print(map.entrySet());
        }
        if (printed instanceof Map.Entry<?, ?> entry) {
            return print(entry.getKey()) + "=" + print(entry.getValue());
        }
        return printed instanceof Collection<?> several
                ? several.stream().map(Printing::print).collect(Collectors.joining(", ", "[", "]"))
                : String.valueOf(printed);
    }
}
