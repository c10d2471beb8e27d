package dev.kvstore.contract;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods of a group as a map, and of its collections, called with a key where they have one. */
final class MapCalls {

    /** A method that returns something, which does not matter here. */
    @FunctionalInterface
    private interface Returning {

        @Nullable
        Object call(ConcurrentMap<String, String> map, String key);
    }

    private MapCalls() {}

    private static Calling<ConcurrentMap<String, String>, String> call(String name, Returning method) {
        return new Calling<>(name, method::call);
    }

    private static Calling<ConcurrentMap<String, String>, String> run(
            String name, BiConsumer<ConcurrentMap<String, String>, String> call) {
        return new Calling<>(name, call);
    }

    /** All of them. */
    static Stream<Calling<ConcurrentMap<String, String>, String>> all() {
        return Stream.of(ofAKey(), ofAllEntries(), ofItsCollections()).flatMap(calls -> calls);
    }

    private static Stream<Calling<ConcurrentMap<String, String>, String>> ofAKey() {
        return Stream.of(
                call("get", (map, key) -> map.get(key)),
                call("getOrDefault", (map, key) -> map.getOrDefault(key, "1")),
                call("containsKey", (map, key) -> map.containsKey(key)),
                call("put", (map, key) -> map.put(key, "1")),
                run("putAll", (map, key) -> map.putAll(Collections.singletonMap(key, "1"))),
                call("putIfAbsent", (map, key) -> map.putIfAbsent(key, "1")),
                call("replace", (map, key) -> map.replace(key, "1")),
                call("replace a value", (map, key) -> map.replace(key, "1", "1")),
                call("compute", (map, key) -> map.compute(key, (same, old) -> "1")),
                call("computeIfAbsent", (map, key) -> map.computeIfAbsent(key, same -> "1")),
                call("computeIfPresent", (map, key) -> map.computeIfPresent(key, (same, old) -> "1")),
                call("merge", (map, key) -> map.merge(key, "1", (old, value) -> "1")),
                call("remove", (map, key) -> map.remove(key)),
                call("remove a value", (map, key) -> map.remove(key, "1")));
    }

    private static Stream<Calling<ConcurrentMap<String, String>, String>> ofAllEntries() {
        return Stream.of(
                call("size", (map, key) -> map.size()),
                call("isEmpty", (map, key) -> map.isEmpty()),
                call("containsValue", (map, key) -> map.containsValue("1")),
                run("forEach", (map, key) -> map.forEach((same, value) -> {})),
                run("replaceAll", (map, key) -> map.replaceAll((same, old) -> "1")),
                call("equals", (map, key) -> map.equals(Map.of())),
                call("hashCode", (map, key) -> map.hashCode()),
                run("clear", (map, key) -> map.clear()));
    }

    private static Stream<Calling<ConcurrentMap<String, String>, String>> ofItsCollections() {
        return Stream.of(
                call("keySet.contains", (map, key) -> map.keySet().contains(key)),
                call("keySet.iterator", (map, key) -> map.keySet().iterator()),
                call("keySet.remove", (map, key) -> map.keySet().remove(key)),
                call("keySet.size", (map, key) -> map.keySet().size()),
                run("keySet.clear", (map, key) -> map.keySet().clear()),
                call("values.contains", (map, key) -> map.values().contains("1")),
                call("values.iterator", (map, key) -> map.values().iterator()),
                call("values.remove", (map, key) -> map.values().remove("1")),
                call("values.removeIf", (map, key) -> map.values().removeIf("1"::equals)),
                call("values.size", (map, key) -> map.values().size()),
                run("values.clear", (map, key) -> map.values().clear()),
                call("entrySet.contains", (map, key) -> map.entrySet().contains(Map.entry(key, "1"))),
                call("entrySet.iterator", (map, key) -> map.entrySet().iterator()),
                call("entrySet.remove", (map, key) -> map.entrySet().remove(Map.entry(key, "1"))),
                call("entrySet.size", (map, key) -> map.entrySet().size()),
                run("entrySet.clear", (map, key) -> map.entrySet().clear()));
    }
}
