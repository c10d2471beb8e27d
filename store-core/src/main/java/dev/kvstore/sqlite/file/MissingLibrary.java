package dev.kvstore.sqlite.file;

import java.util.List;
import java.util.Map;

/** Names the dependency to add when a library of the store misses a class. */
final class MissingLibrary {

    /** By the beginnings of class names. Flyway 12 needs Jackson 3, Flyway 11 Jackson 2. */
    private static final List<Map.Entry<String, String>> DEPENDENCIES = List.of(
            Map.entry("tools/jackson/", "tools.jackson.core:jackson-databind"),
            Map.entry("com/fasterxml/jackson/annotation/", "com.fasterxml.jackson.core:jackson-annotations"),
            Map.entry("com/fasterxml/jackson/", "com.fasterxml.jackson.core:jackson-databind"));

    private MissingLibrary() {}

    /** What to do about a failure to open a store that has no better explanation. */
    static String action(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
                return dependencyWith(String.valueOf(cause.getMessage()).replace('.', '/'));
            }
        }
        return "The cause tells more.";
    }

    private static String dependencyWith(String className) {
        return DEPENDENCIES.stream()
                .filter(library -> className.startsWith(library.getKey()))
                .findFirst()
                .map(library -> "A library is missing from the class path: add the dependency " + library.getValue()
                        + ", or remove the exclusion that took it away.")
                .orElse("A library is missing from the class path: add the dependency that has this class, or remove"
                        + " the exclusion that took it away.");
    }
}
