package dev.kvstore.postgresql;

import dev.kvstore.KvRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a range of stored names. The index contains only the beginning of a long name, so the rows between two
 * long bounds also have to be compared by their whole names.
 *
 * @param from the first name of the index that may be in the range
 * @param before the first name of the index that is not
 * @param exactFrom the lower bound of whole names; null if the index is exact
 * @param exactBefore the upper bound of whole names; null if the index is exact
 */
record KeyBounds(
        String from,
        String before,
        @Nullable String exactFrom,
        @Nullable String exactBefore) {

    private static final String LARGEST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    /** Larger than any name in an index: of 1,068 bytes, which is more than any has. */
    static final String END = LARGEST_CHARACTER.repeat(267);

    static KeyBounds of(KvRange range) {
        String from = EscapedText.of(range.lowerBound());
        Optional<String> before = range.upperBound().map(EscapedText::of);
        return new KeyBounds(
                StoredName.start(from, StoredName.SURE),
                before.map(KeyBounds::endOf).orElse(END),
                StoredName.isLong(from) ? from : null,
                before.filter(StoredName::isLong).orElse(null));
    }

    private static String endOf(String before) {
        return StoredName.isLong(before) ? endOfStart(StoredName.start(before, StoredName.SURE)) : before;
    }

    /** The end of the names in the index that begin with a text. */
    static String endOfStart(String start) {
        return KvRange.prefix(start).upperBound().orElse(END);
    }
}
