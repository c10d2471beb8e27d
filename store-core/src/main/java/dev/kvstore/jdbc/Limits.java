package dev.kvstore.jdbc;

import dev.kvstore.KvLimitException;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.SettingNames;
import dev.kvstore.engine.Utf8;
import dev.kvstore.engine.Value;
import org.springframework.util.unit.DataSize;

/**
 * The maximum lengths of groups, keys and values in writes, in UTF-8 bytes.
 *
 * @param maxKeySize the maximum length of a group or key
 * @param maxValueSize the maximum length of a value
 * @param names how messages name these settings
 */
public record Limits(DataSize maxKeySize, DataSize maxValueSize, SettingNames names) {

    private static final DataSize LARGEST_KEY = DataSize.ofMegabytes(1);

    // A row of the embedded database holds at most 1e9 bytes, and several copies of a value exist on its way there.
    private static final DataSize LARGEST_VALUE = DataSize.ofMegabytes(512);

    /** 64 KB for groups and keys, 16 MB for values. */
    public static final Limits DEFAULTS = new Limits(DataSize.ofKilobytes(64), DataSize.ofMegabytes(16));

    public Limits(DataSize maxKeySize, DataSize maxValueSize) {
        this(maxKeySize, maxValueSize, SettingNames.OF_BUILDER);
    }

    public Limits {
        check("maxKeySize", maxKeySize, LARGEST_KEY);
        check("maxValueSize", maxValueSize, LARGEST_VALUE);
    }

    private static void check(String name, DataSize size, DataSize largest) {
        if (size.toBytes() < 1 || size.compareTo(largest) > 0) {
            throw new IllegalArgumentException(
                    "%s must be between 1B and %dMB: %s".formatted(name, largest.toMegabytes(), size));
        }
    }

    /** Validates an entry, and returns the length of its value in bytes, of text in UTF-8. */
    long checkedSize(String group, String key, Value value) {
        checkName(group, key);
        long valueLength = value instanceof Value.Text text
                ? Utf8.checkedLength("value", text.text())
                : ((Value.Bytes) value).bytes().length;
        if (valueLength > maxValueSize.toBytes()) {
            throw tooLong("The value of " + name(group, key), maxValueSize, "maxValueSize");
        }
        return valueLength;
    }

    /** Validates the name of an entry that is written. */
    void checkName(String group, String key) {
        long groupLength = Utf8.checkedLength("group", group);
        long keyLength = Utf8.checkedLength("key", key);
        if (groupLength > maxKeySize.toBytes()) {
            throw tooLong("The group '" + Names.printable(group) + "'", maxKeySize, "maxKeySize");
        }
        if (keyLength > maxKeySize.toBytes()) {
            throw tooLong("The key " + name(group, key), maxKeySize, "maxKeySize");
        }
    }

    /** Validates the name of a lease or of a durable subscription. */
    void checkName(String name) {
        if (Utf8.checkedLength("name", name) > maxKeySize.toBytes()) {
            throw tooLong("The name '" + Names.printable(name) + "'", maxKeySize, "maxKeySize");
        }
    }

    private static String name(String group, String key) {
        return "'" + Names.printable(group) + "/" + Names.printable(key) + "'";
    }

    private KvLimitException tooLong(String what, DataSize limit, String setting) {
        return new KvLimitException("%s is longer than the limit of %d bytes of UTF-8 (%s)"
                .formatted(what, limit.toBytes(), names.of(setting)));
    }
}
