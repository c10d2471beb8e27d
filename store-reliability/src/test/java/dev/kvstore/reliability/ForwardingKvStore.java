package dev.kvstore.reliability;

import dev.kvstore.KvBatch;
import dev.kvstore.KvChanges;
import dev.kvstore.KvCodec;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLeases;
import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Delegates every call, so that a planted bug only contains the faulty method. The methods for text go to those of the
 * delegate, and not to its groups.
 */
public class ForwardingKvStore implements KvStore {

    protected final KvStore kv;

    protected ForwardingKvStore(KvStore kv) {
        this.kv = kv;
    }

    /** Returns the group with a planted bug. */
    protected <V> KvGroup<V> decorated(KvGroup<V> group) {
        return group;
    }

    /** Returns the batch with a planted bug; it must accept the groups with a bug. */
    protected KvBatch decorated(KvBatch batch) {
        return new ForwardingKvBatch(batch);
    }

    @Override
    public KvGroup<String> group(String name) {
        return decorated(kv.group(name));
    }

    @Override
    public <V> KvGroup<V> group(String name, Class<V> type) {
        return decorated(kv.group(name, type));
    }

    @Override
    public <V> KvGroup<V> group(String name, ParameterizedTypeReference<V> type) {
        return decorated(kv.group(name, type));
    }

    @Override
    public <V> KvGroup<V> group(String name, KvCodec<V> codec) {
        return decorated(kv.group(name, codec));
    }

    @Override
    public Stream<String> groups(String prefix) {
        return kv.groups(prefix);
    }

    @Override
    public KvBatch batch() {
        return decorated(kv.batch());
    }

    @Override
    public KvLeases leases() {
        return kv.leases();
    }

    @Override
    public KvChanges changes() {
        return kv.changes();
    }

    @Override
    public Optional<String> get(String group, String key) {
        return kv.get(group, key);
    }

    @Override
    public String require(String group, String key) {
        return kv.require(group, key);
    }

    @Override
    public void set(String group, String key, String value) {
        kv.set(group, key, value);
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        kv.set(group, key, value, ttl);
    }

    @Override
    public boolean delete(String group, String key) {
        return kv.delete(group, key);
    }

    @Override
    public long count(String group) {
        return kv.count(group);
    }

    @Override
    public Map<String, String> getAll(String group) {
        return kv.getAll(group);
    }

    @Override
    public long deleteGroup(String group) {
        return kv.deleteGroup(group);
    }

    @Override
    public String render(String template, String group) {
        return kv.render(template, group);
    }

    @Override
    public String renderNamed(String name, String group) {
        return kv.renderNamed(name, group);
    }

    @Override
    public long purgeExpired() {
        return kv.purgeExpired();
    }
}
