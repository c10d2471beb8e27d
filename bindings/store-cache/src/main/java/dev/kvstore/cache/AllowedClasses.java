package dev.kvstore.cache;

import java.io.ObjectInputFilter;
import java.util.Collection;

/** The classes that serialized values may consist of: what a filter of Java's serialization allows. */
record AllowedClasses(ObjectInputFilter filter) {

    /** Values of the JDK, without anything that does something when it is deserialized. */
    private static final String JDK = "java.lang.*;java.util.*;java.util.concurrent.*;java.util.concurrent.atomic.*;"
            + "java.time.**;java.math.*;java.net.URI;java.net.Inet*Address;java.sql.Date;java.sql.Time;"
            + "java.sql.Timestamp;";

    /**
     * Allows classes of the JDK and those of patterns such as {@code com.example.**} or {@code com.example.Book}.
     *
     * @throws IllegalArgumentException if a pattern is invalid
     */
    static AllowedClasses of(Collection<String> patterns) {
        StringBuilder filter = new StringBuilder(JDK);
        patterns.forEach(pattern -> filter.append(pattern.strip()).append(';'));
        return new AllowedClasses(ObjectInputFilter.Config.createFilter(filter + "maxdepth=1000;!*"));
    }
}
