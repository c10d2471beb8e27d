package dev.kvstore.reliability.model;

import dev.kvstore.KvLimitException;
import java.nio.charset.StandardCharsets;

/** The arguments that a store accepts. */
final class Legal {

    private Legal() {}

    static String text(String text) {
        if (text == null || !ForeignText.isText(text)) {
            throw new IllegalArgumentException("not Unicode text");
        }
        return text;
    }

    // Groups that begin with U+0000 are the store's own.
    static String group(String group) {
        if (text(group).startsWith("\u0000")) {
            throw new IllegalArgumentException("a group of the store's own");
        }
        return group;
    }

    /** The name of an entry that is written. */
    static void name(String group, String key) {
        text(key);
        require(utf8(group) <= Variant.MAX_KEY_BYTES && utf8(key) <= Variant.MAX_KEY_BYTES);
    }

    static void content(Content content) {
        if (!content.isValid()) {
            throw new IllegalArgumentException("not Unicode text");
        }
        require(content.bytes().length <= Variant.MAX_VALUE_BYTES);
    }

    static <T> T given(T argument) {
        if (argument == null) {
            throw new IllegalArgumentException("null");
        }
        return argument;
    }

    private static void require(boolean isShort) {
        if (!isShort) {
            throw new KvLimitException("too long");
        }
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
