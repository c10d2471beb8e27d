package dev.kvstore.template;

import java.util.Set;

/** The allowed names of elements and attributes. Any other name is an error: it is not silently ignored. */
final class AllowedNames {

    private static final Set<String> ELEMENTS = Set.of("", "th:block");
    private static final Set<String> ATTRIBUTES =
            Set.of("th:each", "th:if", "th:unless", "th:switch", "th:case", "th:text", "th:utext");

    private AllowedNames() {}

    static boolean isElement(String name) {
        return ELEMENTS.contains(name);
    }

    static boolean isAttribute(String name) {
        return ATTRIBUTES.contains(name);
    }

    static TemplateFault noElement() {
        return new TemplateFault("an element is not allowed: only [# …] and [#th:block …] are");
    }

    static TemplateFault noAttribute() {
        return new TemplateFault(
                "an attribute is not allowed: only th:each, th:if, th:unless, th:switch, th:case, th:text and "
                        + "th:utext are");
    }
}
