package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lists of calls, with which the contract tests every method, lack none, also none that is new. */
class EveryMethodIsCalledTest {

    @Test
    void everyMethodOfAGroupThatReadsOrWritesIsListed() {
        assertThat(calledBy(KvGroup.class, GroupCalls.all()))
                .isEqualTo(methods(KvGroup.class, Set.of("name", "durability", "asMap")));
    }

    @Test
    void everyMethodOfAStoreThatReadsOrWritesIsListed() {
        assertThat(calledBy(KvStore.class, StoreCalls.all()))
                .isEqualTo(methods(KvStore.class, Set.of("group", "batch", "leases", "changes")));
    }

    @Test
    void everyMethodOfAMapIsListed() {
        assertThat(calledBy(ConcurrentMap.class, MapCalls.all())).isEqualTo(methods(ConcurrentMap.class, Set.of()));
    }

    private static Set<String> methods(Class<?> type, Set<String> without) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !without.contains(method.getName()))
                .map(EveryMethodIsCalledTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @SuppressWarnings("unchecked") // The proxy has any type arguments.
    private static <T> Set<String> calledBy(Class<?> type, Stream<Calling<T, String>> calls) {
        Set<String> called = new TreeSet<>();
        InvocationHandler recording = (proxy, method, arguments) -> {
            called.add(signature(method));
            throw new Recorded();
        };
        T target = (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, recording);
        calls.forEach(call -> assertThatExceptionOfType(Recorded.class).isThrownBy(() -> call.on(target, "key")));
        return called;
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    /** Ends a call at the first method that it calls. */
    private static final class Recorded extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
