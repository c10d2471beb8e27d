package dev.kvstore.reliability.history;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A client that expects the versions it has seen. Values are numbers, so that any entry can be a counter. */
final class ConditionalClient implements RecordedWorkload.Client<ConditionalCall> {

    private static final int GROUPS = 2;
    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final List<Method> METHODS = List.of(Method.values());
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Expiry NEVER = Expiry.never();

    private final int number;
    private final Map<List<String>, Long> seen = new HashMap<>();

    ConditionalClient(int number) {
        this.number = number;
    }

    /** The steps of a call, which are collected while it runs. */
    private record Recorded(List<Step> steps, boolean refused) {

        static Recorded done(Step... steps) {
            return new Recorded(List.of(steps), false);
        }

        /** A call that did the steps, or nothing because they do not match. */
        static Recorded doneIf(boolean met, Step condition, Step... steps) {
            List<Step> all = new ArrayList<>(List.of(condition));
            if (met) {
                all.addAll(List.of(steps));
            }
            return new Recorded(all, !met);
        }
    }

    @Override
    public ConditionalCall call(KvStore kv, String round, int call, SplittableRandom random) {
        KvGroup<String> group = kv.group(round + "." + random.nextInt(GROUPS));
        String key = KEYS.get(random.nextInt(KEYS.size()));
        // No two calls write the same value; increments do not reach the next one.
        String value = String.valueOf((number * 1_000L + call + 1) * 1_000);
        Method method = random.nextInt(8) == 0 ? Method.COMPARE_AND_SET : METHODS.get(random.nextInt(METHODS.size()));
        List<String> others =
                KEYS.stream().filter(other -> random.nextBoolean()).toList();
        long invoked = System.nanoTime();
        Recorded recorded = call(kv, group, method, key, value, others);
        long returned = System.nanoTime();
        remember(group.name(), recorded);
        return new ConditionalCall(
                number, group.name(), method.name(), recorded.steps(), recorded.refused(), invoked, returned);
    }

    private enum Method {
        ENTRY,
        PAGE,
        SET,
        SET_EXPIRED,
        SET_IF_ABSENT,
        SET_IF_PRESENT,
        COMPARE_AND_SET,
        COMPARE_AND_DELETE,
        GET_AND_SET,
        GET_AND_DELETE,
        DELETE,
        INCREMENT,
        UPDATE,
        GET_OR_COMPUTE,
        BATCH,
        BATCH_WITH_CHECKS
    }

    private Recorded call(
            KvStore kv, KvGroup<String> group, Method method, String key, String value, List<String> others) {
        return switch (method) {
            case ENTRY -> Recorded.done(saw(key, group.entry(key)));
            case PAGE -> page(group);
            case SET -> {
                group.set(key, value, Expiry.after(MILLISECOND));
                yield Recorded.done(Step.wrote(key, value));
            }
            case SET_EXPIRED -> {
                // It expires at the present time, so that it is already expired.
                StandingClock.CLOCK.ahead(MILLISECOND.negated(), () -> group.set(key, value, MILLISECOND));
                yield Recorded.done(Step.removed(key));
            }
            case SET_IF_ABSENT ->
                Recorded.doneIf(group.setIfAbsent(key, value), Step.matched(key, 0), Step.wrote(key, value));
            case SET_IF_PRESENT ->
                Recorded.doneIf(group.setIfPresent(key, value), Step.sawAny(key), Step.wrote(key, value));
            case COMPARE_AND_SET -> compareAndSet(group, key, value);
            case COMPARE_AND_DELETE -> compareAndDelete(group, key);
            case GET_AND_SET ->
                Recorded.done(Step.sawValue(key, group.getAndSet(key, value, NEVER)), Step.wrote(key, value));
            case GET_AND_DELETE -> Recorded.done(Step.sawValue(key, group.getAndDelete(key)), Step.removed(key));
            case DELETE -> delete(group, key);
            case INCREMENT -> increment(group, key);
            case UPDATE -> update(group, key, value);
            case GET_OR_COMPUTE -> getOrCompute(group, key, value);
            case BATCH -> batch(kv, group, value, List.of(), others);
            case BATCH_WITH_CHECKS -> batch(kv, group, value, others, KEYS);
        };
    }

    private static Step saw(String key, Optional<KvEntry<String>> entry) {
        return Step.saw(
                key,
                entry.map(KvEntry::value).orElse(null),
                entry.map(KvEntry::version).orElse(0L));
    }

    private static Recorded page(KvGroup<String> group) {
        Map<String, KvEntry<String>> page =
                group.page(KvRange.all()).entries().stream().collect(Collectors.toMap(KvEntry::key, entry -> entry));
        List<Step> steps = KEYS.stream()
                .map(key -> saw(key, Optional.ofNullable(page.get(key))))
                .toList();
        return new Recorded(steps, false);
    }

    private Recorded compareAndSet(KvGroup<String> group, String key, String value) {
        long expected = lastSeen(group.name(), key);
        OptionalLong version = group.compareAndSet(key, expected, value, Expiry.keep());
        return Recorded.doneIf(
                version.isPresent(),
                Step.matched(key, expected),
                Step.wrote(key, value),
                Step.saw(key, value, version.orElse(0)));
    }

    private Recorded compareAndDelete(KvGroup<String> group, String key) {
        long expected = lastSeen(group.name(), key);
        boolean deleted = group.compareAndDelete(key, expected);
        return expected == 0 && !deleted
                ? Recorded.done()
                : Recorded.doneIf(deleted, Step.matched(key, expected), Step.removed(key));
    }

    private static Recorded delete(KvGroup<String> group, String key) {
        return group.delete(key)
                ? Recorded.done(Step.sawAny(key), Step.removed(key))
                : Recorded.done(Step.matched(key, 0), Step.removed(key));
    }

    private static Recorded increment(KvGroup<String> group, String key) {
        long sum = group.increment(key, 1);
        return Recorded.done(Step.added(key, 1), Step.sawValue(key, String.valueOf(sum)));
    }

    private static Recorded update(KvGroup<String> group, String key, String value) {
        AtomicReference<Optional<String>> replaced = new AtomicReference<>();
        group.update(key, NEVER, old -> {
            replaced.set(old);
            return Optional.of(value);
        });
        return Recorded.done(Step.sawValue(key, replaced.get()), Step.wrote(key, value));
    }

    private static Recorded getOrCompute(KvGroup<String> group, String key, String value) {
        String result = group.getOrCompute(key, NEVER, () -> value);
        return result.equals(value)
                ? Recorded.done(Step.matched(key, 0), Step.wrote(key, value))
                : Recorded.done(Step.sawValue(key, result));
    }

    private Recorded batch(
            KvStore kv, KvGroup<String> group, String value, List<String> checked, List<String> written) {
        KvGroup<Long> counters = kv.group(group.name(), Long.class);
        KvBatch batch = kv.batch();
        List<Step> steps = new ArrayList<>();
        for (String key : checked) {
            long expected = lastSeen(group.name(), key);
            batch.check(group, key, expected);
            steps.add(Step.matched(key, expected));
        }
        for (String key : written) {
            switch (key) {
                case "a" -> {
                    batch.set(group, key, value);
                    steps.add(Step.wrote(key, value));
                }
                case "b" -> {
                    batch.increment(counters, key, 1);
                    steps.add(Step.added(key, 1));
                }
                default -> {
                    batch.delete(group, key);
                    steps.add(Step.removed(key));
                }
            }
        }
        return new Recorded(steps, !batch.commit());
    }

    private long lastSeen(String group, String key) {
        return seen.getOrDefault(List.of(group, key), 0L);
    }

    private void remember(String group, Recorded recorded) {
        for (Step step : recorded.steps()) {
            if (step.kind() == Step.Kind.SAW) {
                seen.put(List.of(group, step.key()), step.number());
            }
        }
    }
}
