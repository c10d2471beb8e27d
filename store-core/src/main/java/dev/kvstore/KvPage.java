package dev.kvstore;

import java.util.List;
import java.util.Optional;
import org.springframework.util.Assert;

/**
 * Some entries of a group as of one moment, and where to go on.
 *
 * <pre>{@code
 * record Devices(KvGroup<String> devices) {
 *
 *     void print() {
 *         Optional<KvRange> range = Optional.of(KvRange.all().limit(100));
 *         while (range.isPresent()) {
 *             KvPage<String> page = devices.page(range.get());
 *             page.entries().forEach(entry -> System.out.println(entry.key()));
 *             range = page.next();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe if the values are.
 *
 * @param <V> the type of the values
 * @param entries in the direction of the range, unmodifiable; a page can end before its limit, so their number does not
 *     tell whether more follow
 * @param next the range of the following page, with the same direction and limit; empty if nothing live followed at the
 *     moment of this page
 * @since 0.1
 */
public record KvPage<V>(List<KvEntry<V>> entries, Optional<KvRange> next) {

    /**
     * Creates a page with a copy of the list.
     *
     * @throws IllegalArgumentException if a component is null
     */
    public KvPage {
        Assert.notNull(entries, "entries must not be null");
        Assert.noNullElements(entries, "entries must not contain null");
        Assert.notNull(next, "next must not be null");
        entries = List.copyOf(entries);
    }
}
