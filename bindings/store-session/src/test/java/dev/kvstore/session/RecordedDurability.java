package dev.kvstore.session;

import dev.kvstore.Durability;
import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A real store that notes how durable each write was asked to be: what waits for a sync is FULL. */
final class RecordedDurability {

    private static final Set<String> WRITES = Set.of("set", "compareAndSet", "delete", "deleteAll", "expire");

    final List<Durability> written = new ArrayList<>();
    private final KvStore store;

    RecordedDurability(KvStore store) {
        this.store = store;
    }

    KvStore store() {
        return proxy(KvStore.class, (method, arguments) -> {
            Object result = call(method, store, arguments);
            if (result instanceof KvGroup<?> group) {
                return group(group, Durability.FULL);
            }
            return result instanceof KvBatch batch ? batch(batch) : result;
        });
    }

    private KvGroup<?> group(KvGroup<?> group, Durability durability) {
        return (KvGroup<?>) Proxy.newProxyInstance(
                KvGroup.class.getClassLoader(),
                new Class<?>[] {KvGroup.class, Unwrapped.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Unwrapped.class) {
                        return new Noted(group, durability);
                    }
                    if (method.getName().equals("durability")) {
                        Durability asked = (Durability) arguments[0];
                        return group((KvGroup<?>) call(method, group, arguments), asked);
                    }
                    if (WRITES.contains(method.getName())) {
                        written.add(durability);
                    }
                    return call(method, group, arguments);
                });
    }

    private KvBatch batch(KvBatch batch) {
        List<Durability> parts = new ArrayList<>();
        KvBatch[] self = new KvBatch[1];
        self[0] = proxy(KvBatch.class, (method, arguments) -> {
            Object[] passed = arguments == null ? new Object[0] : arguments.clone();
            if (passed.length > 0 && passed[0] instanceof Unwrapped group) {
                passed[0] = group.noted().group();
                if (!method.getName().equals("check")) {
                    parts.add(group.noted().durability());
                }
            }
            Object result = call(method, batch, passed);
            if (method.getName().equals("commit")) {
                written.add(parts.contains(Durability.FULL) ? Durability.FULL : Durability.NORMAL);
                return result;
            }
            return self[0];
        });
        return self[0];
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> calls.on(method, arguments)));
    }

    private static Object call(Method method, Object target, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private interface Calls {
        Object on(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    record Noted(KvGroup<?> group, Durability durability) {}

    /** What a proxy of a group stands for. */
    interface Unwrapped {
        Noted noted();
    }
}
