package dev.kvstore.settings;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.core.convert.ConversionService;
import org.springframework.validation.Validator;

/** Binds groups of one store, and remembers them for their health. */
class StoreSettingsBinder implements KvSettingsBinder, AutoCloseable {

    private final KvStore store;
    private final GroupWatch watch;
    private final @Nullable ConversionService conversion;
    private final @Nullable Validator validator;
    private final List<LiveSettings<?>> settings = new CopyOnWriteArrayList<>();

    StoreSettingsBinder(
            KvStore store, GroupWatch watch, @Nullable ConversionService conversion, @Nullable Validator validator) {
        this.store = store;
        this.watch = watch;
        this.conversion = conversion;
        this.validator = validator;
    }

    @Override
    public <T> KvSettings<T> bind(String group, Bindable<T> type) {
        LiveSettings<T> live = new LiveSettings<>(
                store.group(group).durability(Durability.FULL), new BoundGroup<>(group, type, conversion, validator));
        settings.add(live);
        watch.add(live);
        return live;
    }

    /** Why groups are refused, by their names. */
    Map<String, String> refusals() {
        Map<String, String> refusals = new TreeMap<>();
        settings.forEach(live -> live.refusal().ifPresent(why -> refusals.put(live.group(), why)));
        return refusals;
    }

    List<String> groups() {
        List<String> groups = new ArrayList<>();
        settings.forEach(live -> groups.add(live.group()));
        return groups;
    }

    @Override
    public void close() {
        watch.close();
    }
}
