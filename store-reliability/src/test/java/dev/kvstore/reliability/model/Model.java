package dev.kvstore.reliability.model;

import dev.kvstore.KvBatch;
import dev.kvstore.KvChanges;
import dev.kvstore.KvCodec;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLeases;
import dev.kvstore.KvStore;
import dev.kvstore.KvTemplateException;
import dev.kvstore.KvTemplateException.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.ParameterizedTypeReference;

/** A model of a store, in memory and as simple as possible. The methods for text are those of a group of text. */
final class Model implements KvStore {

    static final String ALL_ENTRIES = "[# th:each=\"e : ${#all}\"][(${e.key})]=[(${e.value})];[/]";
    static final String ALL_ENTRIES_NAME = "entries";
    static final String UNFINISHED = "[# th:each=\"e : ${#all}\"]";
    static final String MISSING_NAME = "no-such-template";
    static final String LEAVING_NAME = "../entries";

    private final ModelEntries entries;

    Model(InstantSource clock) {
        this.entries = new ModelEntries(clock);
    }

    ModelEntries entries() {
        return entries;
    }

    @Override
    public KvGroup<String> group(String name) {
        return group(name, String.class);
    }

    @Override
    public <V> KvGroup<V> group(String name, Class<V> type) {
        return new ModelGroup<>(entries, name, ModelCodec.of(type));
    }

    @Override
    public <V> KvGroup<V> group(String name, ParameterizedTypeReference<V> type) {
        return new ModelGroup<>(entries, name, ModelCodec.json(type));
    }

    @Override
    public <V> KvGroup<V> group(String name, KvCodec<V> codec) {
        return new ModelGroup<>(entries, name, new ModelCodec<>(codec, null));
    }

    @Override
    public Stream<String> groups(String prefix) {
        Legal.group(prefix);
        return entries.groups().filter(group -> !group.startsWith("\u0000") && group.startsWith(prefix));
    }

    @Override
    public KvBatch batch() {
        return new ModelBatch(entries);
    }

    @Override
    public KvLeases leases() {
        return new ModelLeases(entries);
    }

    @Override
    public KvChanges changes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> get(String group, String key) {
        return group(group).get(key);
    }

    @Override
    public String require(String group, String key) {
        return group(group).require(key);
    }

    @Override
    public void set(String group, String key, String value) {
        group(group).set(key, value);
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        group(group).set(key, value, ttl);
    }

    @Override
    public boolean delete(String group, String key) {
        return group(group).delete(key);
    }

    @Override
    public long count(String group) {
        return group(group).count();
    }

    @Override
    public Map<String, String> getAll(String group) {
        return group(group).getAll();
    }

    @Override
    public long deleteGroup(String group) {
        return group(group).clear();
    }

    @Override
    public String render(String template, String group) {
        Legal.text(template);
        return render(getAll(group), template.equals(ALL_ENTRIES), Kind.PARSE);
    }

    @Override
    public String renderNamed(String name, String group) {
        Legal.text(name);
        Map<String, String> all = getAll(group);
        if (name.equals(LEAVING_NAME)) {
            throw new IllegalArgumentException("name");
        }
        return render(all, name.equals(ALL_ENTRIES_NAME), Kind.RENDER);
    }

    private static String render(Map<String, String> all, boolean isTemplate, Kind otherwise) {
        if (!isTemplate) {
            throw new KvTemplateException(otherwise, "no such template");
        }
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + ";")
                .collect(Collectors.joining());
    }

    @Override
    public long purgeExpired() {
        entries.requireWritable();
        return entries.removeExpired();
    }
}
