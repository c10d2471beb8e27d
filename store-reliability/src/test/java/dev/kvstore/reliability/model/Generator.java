package dev.kvstore.reliability.model;

import dev.kvstore.reliability.model.ModelOperation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates the operations of a seed: on few groups and keys, so that they collide, a twentieth of them with invalid
 * input. Another program writes so rarely that most groups are readable.
 */
final class Generator {

    private static final int GROUPS = 5;
    private static final int KEYS = 14;
    private static final int BAD_INPUT_ONE_IN = 20;
    private static final int FOREIGN_ONE_IN = 400;

    private static final Kind[] OFTEN = kinds();
    private static final List<Long> TTL_MILLIS = List.of(1L, 2L, 10L, 1_000L, 60_000L);
    private static final List<Duration> BAD_TTLS =
            Stream.of(null, Duration.ZERO, Duration.ofNanos(-1)).toList();

    private final SplittableRandom random;
    private final int stores;
    private final List<String> groups;
    private final List<String> keys;

    private Generator(long seed, int stores) {
        this.random = new SplittableRandom(seed);
        this.stores = stores;
        this.groups = someTexts(GROUPS);
        this.keys = someTexts(KEYS);
    }

    /** Returns the given number of operations, followed by reads of everything. */
    static List<ModelOperation> operations(long seed, int count, int stores) {
        Generator generator = new Generator(seed, stores);
        List<ModelOperation> operations = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> operations.add(generator.next()));
        operations.add(new ModelOperation(Kind.REOPEN, 0, null, null, null, null));
        for (String group : generator.groups) {
            IntStream.range(0, stores)
                    .forEach(store -> operations.add(new ModelOperation(Kind.GET_ALL, store, group, null, null, null)));
        }
        return operations;
    }

    private static Kind[] kinds() {
        List<Kind> kinds = new ArrayList<>();
        add(kinds, 22, Kind.GET, Kind.SET, Kind.SET_WITH_TTL);
        add(kinds, 8, Kind.DELETE, Kind.MOVE_CLOCK);
        add(kinds, 4, Kind.REQUIRE, Kind.COUNT, Kind.GET_ALL);
        add(kinds, 1, Kind.DELETE_GROUP, Kind.PURGE_EXPIRED, Kind.RENDER, Kind.RENDER_NAMED);
        return kinds.toArray(Kind[]::new);
    }

    private static void add(List<Kind> kinds, int times, Kind... added) {
        IntStream.range(0, times).forEach(i -> kinds.addAll(List.of(added)));
    }

    private List<String> someTexts(int count) {
        return Stream.generate(() -> pick(HostileTexts.HOSTILE))
                .distinct()
                .limit(count)
                .toList();
    }

    private ModelOperation next() {
        int store = random.nextInt(stores);
        if (random.nextInt(500) == 0) {
            Kind reopen = random.nextInt(4) == 0 ? Kind.REOPEN_READ_ONLY : Kind.REOPEN;
            return new ModelOperation(reopen, store, null, null, null, null);
        }
        if (random.nextInt(FOREIGN_ONE_IN) == 0) {
            return foreign(store);
        }
        Kind kind = OFTEN[random.nextInt(OFTEN.length)];
        ModelOperation operation = switch (kind) {
            case MOVE_CLOCK -> new ModelOperation(kind, store, null, null, null, clockMove());
            case RENDER -> new ModelOperation(kind, store, pick(groups), null, template(), null);
            case RENDER_NAMED -> new ModelOperation(kind, store, pick(groups), null, templateName(), null);
            default -> new ModelOperation(kind, store, pick(groups), pick(keys), HostileTexts.value(random), ttl());
        };
        return kind.isCall() && random.nextInt(BAD_INPUT_ONE_IN) == 0 ? spoiled(operation) : operation;
    }

    private ModelOperation foreign(int store) {
        Duration ttl = random.nextBoolean() ? null : Duration.ofMillis(pick(TTL_MILLIS));
        return random.nextInt(3) == 0
                ? new ModelOperation(
                        Kind.WRITE_FOREIGN,
                        store,
                        pick(groups),
                        pick(ForeignText.NOT_UTF_8),
                        HostileTexts.value(random),
                        ttl)
                : new ModelOperation(
                        Kind.WRITE_FOREIGN, store, pick(groups), pick(keys), ForeignText.value(random), ttl);
    }

    private ModelOperation spoiled(ModelOperation o) {
        boolean isSet = o.kind() == Kind.SET || o.kind() == Kind.SET_WITH_TTL;
        return switch (random.nextInt(isSet ? 6 : 3)) {
            case 0 -> new ModelOperation(o.kind(), o.store(), badText(), o.key(), o.value(), o.time());
            case 1 -> new ModelOperation(o.kind(), o.store(), o.group(), badText(), o.value(), o.time());
            case 2 -> new ModelOperation(o.kind(), o.store(), o.group(), o.key(), badText(), o.time());
            case 3 ->
                new ModelOperation(o.kind(), o.store(), o.group(), tooLong(Variant.MAX_KEY_BYTES), o.value(), o.time());
            case 4 ->
                new ModelOperation(o.kind(), o.store(), o.group(), o.key(), tooLong(Variant.MAX_VALUE_BYTES), o.time());
            default -> new ModelOperation(o.kind(), o.store(), o.group(), o.key(), o.value(), pick(BAD_TTLS));
        };
    }

    private String badText() {
        return random.nextInt(3) == 0 ? null : pick(HostileTexts.NOT_UNICODE);
    }

    private String tooLong(int limit) {
        return HostileTexts.filled(limit + 1 + random.nextInt(3), random);
    }

    private String template() {
        return random.nextInt(8) == 0 ? Model.UNFINISHED : Model.ALL_ENTRIES;
    }

    private String templateName() {
        return switch (random.nextInt(8)) {
            case 0 -> Model.MISSING_NAME;
            case 1 -> Model.LEAVING_NAME;
            default -> Model.ALL_ENTRIES_NAME;
        };
    }

    private Duration ttl() {
        return switch (random.nextInt(20)) {
            case 0 -> Duration.ofSeconds(Long.MAX_VALUE);
            case 1 -> Duration.ofMillis(Long.MAX_VALUE);
            case 2, 3 -> Duration.ofNanos(random.nextInt(1, 2_000_000));
            default -> Duration.ofMillis(pick(TTL_MILLIS));
        };
    }

    // As long as the ttls, so that the clock often stops at a deadline; back a third as often as ahead.
    private Duration clockMove() {
        Duration by = random.nextInt(4) == 0
                ? Duration.ofNanos(random.nextInt(2_000_000))
                : Duration.ofMillis(pick(TTL_MILLIS));
        return random.nextInt(4) == 0 ? by.negated() : by;
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
