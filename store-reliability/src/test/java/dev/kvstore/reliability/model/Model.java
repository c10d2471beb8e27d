package dev.kvstore.reliability.model;

import dev.kvstore.KvBatch;
import dev.kvstore.KvChanges;
import dev.kvstore.KvCodec;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLeases;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvStore;
import dev.kvstore.KvTemplateException;
import dev.kvstore.KvTemplateException.Kind;
import dev.kvstore.engine.Names;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** A model of a store, in memory and as simple as possible: sorted maps, with a deadline beside each value. */
final class Model implements KvStore {

    static final String ALL_ENTRIES = "[# th:each=\"e : ${#all}\"][(${e.key})]=[(${e.value})];[/]";
    static final String ALL_ENTRIES_NAME = "entries";
    static final String UNFINISHED = "[# th:each=\"e : ${#all}\"]";
    static final String MISSING_NAME = "no-such-template";
    static final String LEAVING_NAME = "../entries";

    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(ForeignText::bytes, Arrays::compareUnsigned);
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    private record Entry(String value, BigInteger deadline, boolean readable) {

        Entry(String value, BigInteger deadline) {
            this(value, deadline, true);
        }
    }

    /** A read of entries that another program wrote; the message of a store names one of them. */
    static final class UnreadableException extends DataRetrievalFailureException {

        private static final long serialVersionUID = 1;

        private final transient List<String> names;

        UnreadableException(List<String> names) {
            super(String.join(" or ", names));
            this.names = names;
        }

        List<String> names() {
            return names;
        }
    }

    private final Map<String, SortedMap<String, Entry>> groups = new HashMap<>();
    private final InstantSource clock;
    private boolean readOnly;

    Model(InstantSource clock) {
        this.clock = clock;
    }

    void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    @Override
    public KvGroup<String> group(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> KvGroup<V> group(String name, Class<V> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> KvGroup<V> group(String name, ParameterizedTypeReference<V> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> KvGroup<V> group(String name, KvCodec<V> codec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stream<String> groups(String prefix) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KvBatch batch() {
        throw new UnsupportedOperationException();
    }

    @Override
    public KvLeases leases() {
        throw new UnsupportedOperationException();
    }

    @Override
    public KvChanges changes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> get(String group, String key) {
        Entry entry = live(legalGroup(group)).get(legal(key));
        if (entry != null && !entry.readable()) {
            throw new UnreadableException(List.of(name(group, key)));
        }
        return Optional.ofNullable(entry).map(Entry::value);
    }

    @Override
    public String require(String group, String key) {
        return get(group, key).orElseThrow(() -> new KvNotFoundException("No live entry " + group + "/" + key));
    }

    @Override
    public void set(String group, String key, String value) {
        requireLimits(group, key, value);
        put(group, key, new Entry(value, null));
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        requireLimits(group, key, value);
        if (ttl == null || ttl.isZero() || ttl.isNegative()) {
            throw new IllegalArgumentException("ttl");
        }
        Instant now = clock.instant();
        BigInteger end = nanos(now.getEpochSecond(), now.getNano()).add(nanos(ttl.getSeconds(), ttl.getNano()));
        // Rounded up; a deadline beyond the clock means never.
        BigInteger millis = end.add(MILLION.subtract(BigInteger.ONE)).divide(MILLION);
        put(group, key, new Entry(value, millis.bitLength() > 63 ? null : millis));
    }

    private void put(String group, String key, Entry entry) {
        requireWritable();
        write(group, key, entry);
    }

    /** Writes as another program does; the deadline is null for none. */
    void writeForeign(String group, String key, String value, Long deadline) {
        boolean readable = ForeignText.isText(key) && ForeignText.isText(value);
        write(group, key, new Entry(value, deadline == null ? null : BigInteger.valueOf(deadline), readable));
    }

    private void write(String group, String key, Entry entry) {
        groups.computeIfAbsent(group, g -> new TreeMap<>(BY_BYTES)).put(key, entry);
    }

    @Override
    public boolean delete(String group, String key) {
        boolean live = live(legalGroup(group)).containsKey(legal(key));
        requireWritable();
        entries(group).remove(key);
        return live;
    }

    @Override
    public long count(String group) {
        return live(legalGroup(group)).size();
    }

    @Override
    public Map<String, String> getAll(String group) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> unreadable = new ArrayList<>();
        live(legalGroup(group)).forEach((key, entry) -> {
            if (entry.readable()) {
                values.put(key, entry.value());
            } else {
                unreadable.add(name(group, key));
            }
        });
        if (!unreadable.isEmpty()) {
            throw new UnreadableException(unreadable);
        }
        return values;
    }

    private static String name(String group, String key) {
        return (ForeignText.isText(key) ? "The value of '" : "The key '") + Names.printable(group) + "/"
                + Names.printable(ForeignText.escaped(key)) + "' is not valid UTF-8";
    }

    @Override
    public long deleteGroup(String group) {
        long live = count(group);
        requireWritable();
        groups.remove(group);
        return live;
    }

    @Override
    public String render(String template, String group) {
        legal(template);
        return render(getAll(group), template.equals(ALL_ENTRIES), Kind.PARSE);
    }

    @Override
    public String renderNamed(String name, String group) {
        legal(name);
        Map<String, String> entries = getAll(group);
        if (name.equals(LEAVING_NAME)) {
            throw new IllegalArgumentException("name");
        }
        return render(entries, name.equals(ALL_ENTRIES_NAME), Kind.RENDER);
    }

    private static String render(Map<String, String> entries, boolean isTemplate, Kind otherwise) {
        if (!isTemplate) {
            throw new KvTemplateException(otherwise, "no such template");
        }
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + ";")
                .collect(Collectors.joining());
    }

    @Override
    public long purgeExpired() {
        requireWritable();
        long before = rows();
        groups.values().forEach(entries -> entries.values().removeIf(this::isExpired));
        return before - rows();
    }

    private long rows() {
        return groups.values().stream().mapToLong(Map::size).sum();
    }

    private Map<String, Entry> live(String group) {
        Map<String, Entry> live = new LinkedHashMap<>(entries(group));
        live.values().removeIf(this::isExpired);
        return live;
    }

    private SortedMap<String, Entry> entries(String group) {
        return groups.getOrDefault(group, new TreeMap<>());
    }

    private boolean isExpired(Entry entry) {
        return entry.deadline() != null
                && entry.deadline().compareTo(BigInteger.valueOf(clock.instant().toEpochMilli())) <= 0;
    }

    private void requireWritable() {
        if (readOnly) {
            throw new InvalidDataAccessApiUsageException("read-only");
        }
    }

    private static void requireLimits(String group, String key, String value) {
        legalGroup(group);
        legal(key);
        legal(value);
        if (utf8(group).length > Variant.MAX_KEY_BYTES
                || utf8(key).length > Variant.MAX_KEY_BYTES
                || utf8(value).length > Variant.MAX_VALUE_BYTES) {
            throw new KvLimitException("too long");
        }
    }

    private static String legal(String text) {
        if (text == null || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("not Unicode text");
        }
        return text;
    }

    // Groups that begin with U+0000 are the store's own.
    private static String legalGroup(String group) {
        if (legal(group).startsWith("\u0000")) {
            throw new IllegalArgumentException("a group of the store's own");
        }
        return group;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static BigInteger nanos(long seconds, int nanos) {
        return BigInteger.valueOf(seconds)
                .multiply(BigInteger.valueOf(1_000_000_000))
                .add(BigInteger.valueOf(nanos));
    }
}
