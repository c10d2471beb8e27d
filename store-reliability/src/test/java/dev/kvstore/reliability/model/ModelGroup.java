package dev.kvstore.reliability.model;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import dev.kvstore.KvTypeException;
import dev.kvstore.reliability.model.ModelEntries.Row;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A group of the model: what each method does to sorted maps. */
final class ModelGroup<V> implements KvGroup<V> {

    private static final int LARGEST_PAGE = 10_000;

    private final ModelEntries entries;
    private final String name;
    private final ModelCodec<V> codec;

    ModelGroup(ModelEntries entries, String name, ModelCodec<V> codec) {
        this.entries = entries;
        this.name = Legal.group(name);
        this.codec = codec;
    }

    @Override
    public String name() {
        return name;
    }

    /** The model never loses anything. */
    @Override
    public KvGroup<V> durability(Durability durability) {
        Legal.given(durability);
        return this;
    }

    @Override
    public Optional<V> get(String key) {
        return entry(key).map(KvEntry::value);
    }

    @Override
    public V require(String key) {
        return get(key).orElseThrow(() -> new KvNotFoundException("No live entry"));
    }

    @Override
    public Optional<KvEntry<V>> entry(String key) {
        Row live = live(key);
        return live == null
                ? Optional.empty()
                : decoded(Map.of(key, live)).stream().findFirst();
    }

    @Override
    public boolean contains(String key) {
        return live(key) != null;
    }

    private Row live(String key) {
        return entries.live(name, Legal.text(key));
    }

    @Override
    public Map<String, V> getAll() {
        return values(entries.live(name, KvRange.all()));
    }

    @Override
    public Map<String, V> getAll(Collection<String> keys) {
        Map<String, Row> live = new LinkedHashMap<>();
        for (String key : sorted(keys)) {
            if (contains(key)) {
                live.put(key, live(key));
            }
        }
        return values(live);
    }

    private Map<String, V> values(Map<String, Row> live) {
        Map<String, V> values = new LinkedHashMap<>();
        decoded(live).forEach(entry -> values.put(entry.key(), entry.value()));
        return values;
    }

    private List<KvEntry<V>> decoded(Map<String, Row> live) {
        List<String> unreadable =
                live.keySet().stream().filter(key -> !live.get(key).readable()).toList();
        requireNone(unreadable);
        return live.entrySet().stream()
                .map(entry -> decoded(entry.getKey(), entry.getValue()))
                .toList();
    }

    private KvEntry<V> decoded(String key, Row row) {
        return new KvEntry<>(key, codec.decode(row.content()), row.version(), row.expiresAt());
    }

    private void requireNone(List<String> unreadable) {
        if (!unreadable.isEmpty()) {
            throw new UnreadableException(name, unreadable);
        }
    }

    private static Collection<String> sorted(Collection<String> keys) {
        TreeSet<String> sorted = new TreeSet<>(ModelEntries.BY_BYTES);
        Legal.given(keys).forEach(key -> sorted.add(Legal.text(key)));
        return sorted;
    }

    @Override
    public long count() {
        return count(KvRange.all());
    }

    @Override
    public long count(KvRange range) {
        return entries.live(name, Legal.given(range).limit(Integer.MAX_VALUE)).size();
    }

    @Override
    public KvPage<V> page(KvRange range) {
        int limit = Legal.given(range).maxEntries().orElse(LARGEST_PAGE);
        List<KvEntry<V>> page = entries(range.limit(limit)).toList();
        if (page.isEmpty()) {
            return new KvPage<>(page, Optional.empty());
        }
        String last = page.get(page.size() - 1).key();
        KvRange next = range.isReversed() ? range.before(last) : range.after(last);
        return new KvPage<>(page, Optional.of(next).filter(rest -> count(rest) > 0));
    }

    @Override
    public Stream<KvEntry<V>> entries(KvRange range) {
        return decoded(entries.live(name, Legal.given(range))).stream();
    }

    @Override
    public Stream<String> keys(KvRange range) {
        Collection<String> keys = entries.live(name, Legal.given(range)).keySet();
        requireNone(keys.stream().filter(key -> !ForeignText.isText(key)).toList());
        return keys.stream();
    }

    @Override
    public void set(String key, V value) {
        set(key, value, Expiry.never());
    }

    @Override
    public void set(String key, V value, Duration ttl) {
        set(key, value, Expiry.after(ttl));
    }

    @Override
    public void set(String key, V value, Expiry expiry) {
        put(key, checked(key, value, expiry), expiry);
    }

    /** Checks the arguments of a write, and encodes the value. */
    Content checked(String key, V value, Expiry expiry) {
        Content content = codec.encode(value);
        Legal.name(name, key);
        Legal.content(content);
        check(expiry);
        return content;
    }

    private void check(Expiry expiry) {
        if (Legal.given(expiry) instanceof Expiry.At at && !at.instant().isAfter(entries.now())) {
            throw new IllegalArgumentException("not after now");
        }
    }

    long put(String key, Content content, Expiry expiry) {
        entries.requireWritable();
        return entries.put(name, key, content, expiry);
    }

    @Override
    public void setAll(Map<String, ? extends V> all) {
        setAll(all, Expiry.never());
    }

    @Override
    public void setAll(Map<String, ? extends V> all, Expiry expiry) {
        Map<String, Content> contents = new LinkedHashMap<>();
        Legal.given(all).forEach((key, value) -> contents.put(key, checked(key, value, expiry)));
        check(expiry);
        contents.forEach((key, content) -> put(key, content, expiry));
    }

    @Override
    public boolean setIfAbsent(String key, V value) {
        return setIfAbsent(key, value, Expiry.never());
    }

    @Override
    public boolean setIfAbsent(String key, V value, Expiry expiry) {
        return compareAndSet(key, 0, value, expiry).isPresent();
    }

    @Override
    public Optional<V> getOrSet(String key, V value, Expiry expiry) {
        return setIfAbsent(key, value, expiry) ? Optional.empty() : get(key);
    }

    @Override
    public boolean setIfPresent(String key, V value) {
        return setIfPresent(key, value, Expiry.never());
    }

    @Override
    public boolean setIfPresent(String key, V value, Expiry expiry) {
        Content content = checked(key, value, expiry);
        entries.requireWritable();
        return contains(key) && put(key, content, expiry) > 0;
    }

    @Override
    public OptionalLong compareAndSet(String key, long expectedVersion, V value, Expiry expiry) {
        requireVersion(expectedVersion);
        Content content = checked(key, value, expiry);
        entries.requireWritable();
        return has(key, expectedVersion) ? OptionalLong.of(put(key, content, expiry)) : OptionalLong.empty();
    }

    /** Whether an entry has a version; 0 means that it is absent. */
    boolean has(String key, long version) {
        Row live = live(key);
        return version == (live == null ? 0 : live.version());
    }

    static void requireVersion(long version) {
        if (version < 0) {
            throw new IllegalArgumentException("negative");
        }
    }

    @Override
    public boolean compareAndDelete(String key, long expectedVersion) {
        Legal.text(key);
        requireVersion(expectedVersion);
        if (expectedVersion == 0) {
            return false;
        }
        entries.requireWritable();
        return has(key, expectedVersion) && delete(key);
    }

    @Override
    public Optional<V> getAndSet(String key, V value, Expiry expiry) {
        Content content = checked(key, value, expiry);
        Optional<V> before = get(key);
        put(key, content, expiry);
        return before;
    }

    @Override
    public Optional<V> getAndDelete(String key) {
        Optional<V> before = get(key);
        delete(key);
        return before;
    }

    @Override
    public Optional<V> getAndExpire(String key, Expiry expiry) {
        check(expiry);
        Optional<V> before = get(key);
        expire(key, expiry);
        return before;
    }

    @Override
    public boolean expire(String key, Expiry expiry) {
        Legal.text(key);
        check(expiry);
        entries.requireWritable();
        if (!contains(key)) {
            return false;
        }
        entries.expire(name, key, expiry);
        return true;
    }

    @Override
    public long increment(String key, long delta) {
        return increment(key, delta, Expiry.never());
    }

    @Override
    public long increment(String key, long delta, Expiry ofNewEntry) {
        checkIncrement(key);
        check(ofNewEntry);
        entries.requireWritable();
        Row live = live(key);
        BigInteger sum = BigInteger.valueOf(delta).add(live == null ? BigInteger.ZERO : number(key, live));
        if (!codec.isInRange(sum)) {
            throw new KvLimitException("out of range");
        }
        put(key, Content.text(sum.toString()), live == null ? ofNewEntry : Expiry.keep());
        return sum.longValueExact();
    }

    void checkIncrement(String key) {
        if (!codec.hasCounters()) {
            throw new IllegalStateException("no counters");
        }
        Legal.name(name, key);
    }

    private BigInteger number(String key, Row live) {
        if (!live.readable()) {
            throw new UnreadableException(name, List.of(key));
        }
        if (live.content().isBytes()) {
            throw new KvTypeException("bytes");
        }
        return BigInteger.valueOf(ModelCodec.of(Long.class).decode(live.content()));
    }

    @Override
    public Optional<V> update(String key, Expiry expiry, UnaryOperator<Optional<V>> change) {
        Legal.given(change);
        check(expiry);
        Optional<V> before = get(key);
        Optional<V> after = Legal.given(change.apply(before));
        if (after.isPresent()) {
            set(key, after.get(), expiry);
        } else if (before.isPresent()) {
            delete(key);
        }
        return after;
    }

    @Override
    public V getOrCompute(String key, Expiry expiry, Supplier<? extends V> loader) {
        Legal.given(loader);
        Legal.name(name, key);
        check(expiry);
        Optional<V> live = get(key);
        if (live.isPresent()) {
            return live.get();
        }
        V value = loader.get();
        set(key, value, expiry);
        return value;
    }

    @Override
    public boolean delete(String key) {
        boolean live = contains(key);
        entries.requireWritable();
        entries.remove(name, key);
        return live;
    }

    @Override
    public long deleteAll(Collection<String> keys) {
        return sorted(keys).stream().filter(this::delete).count();
    }

    @Override
    public long deleteAll(KvRange range) {
        long live = entries.live(name, Legal.given(range)).size();
        entries.requireWritable();
        entries.remove(name, range);
        return live;
    }

    @Override
    public long clear() {
        return deleteAll(KvRange.all());
    }

    @Override
    public ConcurrentMap<String, V> asMap() {
        return new ModelMap<>(this);
    }
}
