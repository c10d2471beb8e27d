package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvRange;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * The entries of the model, as simple as possible: sorted maps. Expired entries stay until something removes them,
 * since the clock may go back.
 */
final class ModelEntries {

    static final Comparator<String> BY_BYTES = Comparator.comparing(ForeignText::bytes, Arrays::compareUnsigned);

    /** The version of every entry that another program writes. */
    static final long FOREIGN_VERSION = 1;

    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /**
     * An entry.
     *
     * @param deadline in milliseconds; null for none
     * @param readable whether neither key nor value has bytes that are not UTF-8
     */
    record Row(Content content, BigInteger deadline, long version, boolean readable) {

        Optional<Instant> expiresAt() {
            return Optional.ofNullable(deadline).map(end -> Instant.ofEpochMilli(end.longValueExact()));
        }
    }

    private final Map<String, SortedMap<String, Row>> groups = new HashMap<>();
    private final InstantSource clock;
    private long lastVersion = FOREIGN_VERSION;
    private boolean readOnly;

    ModelEntries(InstantSource clock) {
        this.clock = clock;
    }

    void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    void requireWritable() {
        if (readOnly) {
            throw new InvalidDataAccessApiUsageException("read-only");
        }
    }

    Instant now() {
        return clock.instant();
    }

    /** Returns a live entry; null if it is absent. */
    Row live(String group, String key) {
        Row row = entries(group).get(key);
        return row == null || isExpired(row) ? null : row;
    }

    /** Returns the live entries in a range, in its direction and up to its limit. */
    Map<String, Row> live(String group, KvRange range) {
        Map<String, Row> live = new LinkedHashMap<>();
        Stream<String> keys = inRange(group, range).filter(key -> live(group, key) != null);
        keys.sorted(range.isReversed() ? BY_BYTES.reversed() : BY_BYTES)
                .limit(range.maxEntries().orElse(Integer.MAX_VALUE))
                .forEach(key -> live.put(key, live(group, key)));
        return live;
    }

    private Stream<String> inRange(String group, KvRange range) {
        return entries(group).keySet().stream()
                .filter(key -> BY_BYTES.compare(key, range.lowerBound()) >= 0)
                .filter(key -> range.upperBound()
                        .filter(end -> BY_BYTES.compare(key, end) >= 0)
                        .isEmpty());
    }

    /** The groups that have a live entry. */
    Stream<String> groups() {
        return groups.keySet().stream()
                .filter(group -> !live(group, KvRange.all()).isEmpty())
                .sorted(BY_BYTES);
    }

    /** Sets an entry, and returns its version. */
    long put(String group, String key, Content content, Expiry expiry) {
        Row live = live(group, key);
        BigInteger kept = live == null ? null : live.deadline();
        write(group, key, new Row(content, deadline(expiry, kept), ++lastVersion, true));
        return lastVersion;
    }

    /** Changes when a live entry expires. It gets a new version only if that changes anything. */
    void expire(String group, String key, Expiry expiry) {
        Row live = live(group, key);
        BigInteger deadline = deadline(expiry, live.deadline());
        if (deadline == null ? live.deadline() != null : !deadline.equals(live.deadline())) {
            write(group, key, new Row(live.content(), deadline, ++lastVersion, live.readable()));
        }
    }

    /** Writes as another program does; the deadline is null for none. */
    void writeForeign(String group, String key, String value, Long deadline) {
        boolean readable = ForeignText.isText(key) && ForeignText.isText(value);
        BigInteger end = deadline == null ? null : BigInteger.valueOf(deadline);
        write(group, key, new Row(Content.text(value), end, FOREIGN_VERSION, readable));
    }

    private void write(String group, String key, Row row) {
        groups.computeIfAbsent(group, g -> new TreeMap<>(BY_BYTES)).put(key, row);
    }

    /** Removes an entry, live or expired. */
    void remove(String group, String key) {
        entries(group).remove(key);
    }

    /** Removes the entries of a range, live or expired; with a limit, up to the last live one that it includes. */
    void remove(String group, KvRange range) {
        List<String> live = List.copyOf(live(group, range).keySet());
        boolean ends = range.maxEntries().orElse(Integer.MAX_VALUE) == live.size();
        Comparator<String> direction = range.isReversed() ? BY_BYTES.reversed() : BY_BYTES;
        inRange(group, range)
                .filter(key -> !ends || direction.compare(key, live.get(live.size() - 1)) <= 0)
                .toList()
                .forEach(key -> remove(group, key));
    }

    long removeExpired() {
        long before = rows();
        groups.values().forEach(entries -> entries.values().removeIf(this::isExpired));
        return before - rows();
    }

    /** Runs changes, and takes them back if one of them fails. */
    void allOrNothing(Runnable changes) {
        Map<String, SortedMap<String, Row>> before = new HashMap<>();
        groups.forEach((group, entries) -> before.put(group, new TreeMap<>(entries)));
        try {
            changes.run();
        } catch (RuntimeException refused) {
            groups.clear();
            groups.putAll(before);
            throw refused;
        }
    }

    private long rows() {
        return groups.values().stream().mapToLong(Map::size).sum();
    }

    private SortedMap<String, Row> entries(String group) {
        return groups.getOrDefault(group, new TreeMap<>());
    }

    private boolean isExpired(Row row) {
        return row.deadline() != null && row.deadline().compareTo(BigInteger.valueOf(now().toEpochMilli())) <= 0;
    }

    private BigInteger deadline(Expiry expiry, BigInteger kept) {
        if (expiry instanceof Expiry.Keep) {
            return kept;
        }
        if (expiry instanceof Expiry.At at) {
            return roundedUp(nanos(at.instant()));
        }
        return expiry instanceof Expiry.After after ? roundedUp(nanos(now()).add(nanos(after.ttl()))) : null;
    }

    // An end beyond the clock means never.
    private static BigInteger roundedUp(BigInteger nanos) {
        BigInteger millis = nanos.add(MILLION.subtract(BigInteger.ONE)).divide(MILLION);
        return millis.bitLength() > 63 ? null : millis;
    }

    private static BigInteger nanos(Instant instant) {
        return nanos(instant.getEpochSecond(), instant.getNano());
    }

    private static BigInteger nanos(Duration duration) {
        return nanos(duration.getSeconds(), duration.getNano());
    }

    private static BigInteger nanos(long seconds, int nanos) {
        return BigInteger.valueOf(seconds)
                .multiply(BigInteger.valueOf(1_000_000_000))
                .add(BigInteger.valueOf(nanos));
    }
}
