package dev.kvstore.benchmarks.contender;

import java.nio.charset.StandardCharsets;

/** Group and key as one key of an ordered map, so that the entries of a group are adjacent. */
final class CompositeKey {

    private static final char SEPARATOR = '\0';
    private static final char AFTER_SEPARATOR = '\1';

    private CompositeKey() {}

    static String of(String group, String key) {
        return group + SEPARATOR + key;
    }

    static byte[] bytes(String group, String key) {
        return utf8(of(group, key));
    }

    /** Less than every key of the group. */
    static String first(String group) {
        return group + SEPARATOR;
    }

    /** Greater than every key of the group. */
    static String end(String group) {
        return group + AFTER_SEPARATOR;
    }

    /** The key without its group. */
    static String key(String group, String composite) {
        return composite.substring(group.length() + 1);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
