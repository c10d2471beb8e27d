package dev.kvstore;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Which keys of a group are meant: all, those with a prefix, or those between two keys; in which direction, and how
 * many at the most.
 *
 * <pre>{@code
 * record Orders(KvGroup<String> orders) {
 *
 *     List<String> latest() {
 *         return orders.keys(KvRange.prefix("2026-").reversed().limit(20)).toList();
 *     }
 *
 *     KvPage<String> fromMarchOn() {
 *         return orders.page(KvRange.between("2026-03-01", "2027-01-01"));
 *     }
 * }
 * }</pre>
 *
 * <p>A range is half-open: it begins with its lower bound and ends before its upper bound. Keys are compared by their
 * UTF-8 bytes, which is the order of Unicode code points, but not of {@link String#compareTo}. Keys are never patterns:
 * {@code %}, {@code _} and {@code *} are letters like others. A range whose upper bound is not larger than its lower
 * bound is empty; that is no error.
 *
 * <p>{@link #from}, {@link #after} and {@link #before} narrow a range, and never widen it. Every method throws an
 * {@link IllegalArgumentException} if a key is null or contains an unpaired surrogate.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class KvRange {

    private static final KvRange ALL = new KvRange("", null, false, 0);

    private final String lower;
    private final @Nullable String upper;
    private final boolean reversed;
    private final int limit;

    private KvRange(String lower, @Nullable String upper, boolean reversed, int limit) {
        this.lower = lower;
        this.upper = upper;
        this.reversed = reversed;
        this.limit = limit;
    }

    /** All keys, ascending. */
    public static KvRange all() {
        return ALL;
    }

    /** The keys that begin with a text, ascending; all keys if the text is empty. */
    public static KvRange prefix(String prefix) {
        KeyText.checked("prefix", prefix);
        return new KvRange(prefix, KeyText.endOfPrefix(prefix), false, 0);
    }

    /** The keys from one key on and before another one, ascending. The first belongs to the range, the second not. */
    public static KvRange between(String from, String before) {
        return ALL.from(from).before(before);
    }

    /** The keys of this range from a key on; the key itself belongs to the range. */
    public KvRange from(String key) {
        return new KvRange(KeyText.larger(lower, KeyText.checked("key", key)), upper, reversed, limit);
    }

    /** The keys of this range that are larger than a key. */
    public KvRange after(String key) {
        return from(KeyText.successor(KeyText.checked("key", key)));
    }

    /** The keys of this range that are smaller than a key. */
    public KvRange before(String key) {
        return new KvRange(lower, KeyText.smaller(upper, KeyText.checked("key", key)), reversed, limit);
    }

    /** The same keys in the other direction: the largest first or, for a range that is reversed, the smallest. */
    public KvRange reversed() {
        return new KvRange(lower, upper, !reversed, limit);
    }

    /**
     * The same range with another limit: the maximum number of entries of one page, where a limit above 10,000 counts
     * as 10,000, and of all entries that a stream returns or {@code deleteAll} deletes. Without a limit a page has up
     * to 1,000 entries, and the others take all. {@code count} heeds no limit.
     *
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public KvRange limit(int limit) {
        Assert.isTrue(limit > 0, "limit must be at least 1");
        return new KvRange(lower, upper, reversed, limit);
    }

    /** Returns the lower bound, which belongs to the range; the empty text, the smallest key, if none was set. */
    public String lowerBound() {
        return lower;
    }

    /** Returns the upper bound, which does not belong to the range; empty if the range has no end. */
    public Optional<String> upperBound() {
        return Optional.ofNullable(upper);
    }

    /** Returns whether the largest key comes first. */
    public boolean isReversed() {
        return reversed;
    }

    /** Returns the limit as it was set, also above 10,000. */
    public OptionalInt maxEntries() {
        return limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    /** Returns whether no key can be in this range, whatever the group contains. */
    public boolean isEmpty() {
        return upper != null && KeyText.compare(lower, upper) >= 0;
    }

    /** Returns whether a key is in this range, whatever the limit. */
    public boolean contains(String key) {
        KeyText.checked("key", key);
        return KeyText.compare(key, lower) >= 0 && (upper == null || KeyText.compare(key, upper) < 0);
    }

    /** Compares bounds, direction and limit. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KvRange range
                && lower.equals(range.lower)
                && Objects.equals(upper, range.upper)
                && reversed == range.reversed
                && limit == range.limit;
    }

    @Override
    public int hashCode() {
        return Objects.hash(lower, upper, reversed, limit);
    }

    /** Says the bounds, which are keys, with control characters as escapes. */
    @Override
    public String toString() {
        return "KvRange[from '" + KeyText.printable(lower) + "'"
                + (upper == null ? "" : " before '" + KeyText.printable(upper) + "'")
                + (reversed ? ", reversed" : "")
                + (limit == 0 ? "" : ", limit " + limit)
                + "]";
    }
}
