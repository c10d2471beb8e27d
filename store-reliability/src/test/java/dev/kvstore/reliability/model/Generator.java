package dev.kvstore.reliability.model;

import dev.kvstore.reliability.model.Operation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The operations of a seed: on few groups and keys, so that they meet, a twentieth of them with bad input. Another program
 * writes so seldom that most groups can be read.
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

    /** As many operations, and then a look at all that there is. */
    static List<Operation> operations(long seed, int count, int stores) {
        Generator generator = new Generator(seed, stores);
        List<Operation> operations = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> operations.add(generator.next()));
        operations.add(new Operation(Kind.REOPEN, 0, null, null, null, null));
        for (String group : generator.groups) {
            IntStream.range(0, stores)
                    .forEach(store -> operations.add(new Operation(Kind.GET_ALL, store, group, null, null, null)));
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
        return Stream.generate(() -> pick(Texts.HOSTILE))
                .distinct()
                .limit(count)
                .toList();
    }

    private Operation next() {
        int store = random.nextInt(stores);
        if (random.nextInt(500) == 0) {
            Kind reopen = random.nextInt(4) == 0 ? Kind.REOPEN_READ_ONLY : Kind.REOPEN;
            return new Operation(reopen, store, null, null, null, null);
        }
        if (random.nextInt(FOREIGN_ONE_IN) == 0) {
            return foreign(store);
        }
        Kind kind = OFTEN[random.nextInt(OFTEN.length)];
        Operation operation = switch (kind) {
            case MOVE_CLOCK -> new Operation(kind, store, null, null, null, clockMove());
            case RENDER -> new Operation(kind, store, pick(groups), null, template(), null);
            case RENDER_NAMED -> new Operation(kind, store, pick(groups), null, templateName(), null);
            default -> new Operation(kind, store, pick(groups), pick(keys), Texts.value(random), ttl());
        };
        return kind.isCall() && random.nextInt(BAD_INPUT_ONE_IN) == 0 ? spoiled(operation) : operation;
    }

    private Operation foreign(int store) {
        Duration ttl = random.nextBoolean() ? null : Duration.ofMillis(pick(TTL_MILLIS));
        return random.nextInt(3) == 0
                ? new Operation(
                        Kind.WRITE_FOREIGN, store, pick(groups), pick(ForeignText.NOT_UTF_8), Texts.value(random), ttl)
                : new Operation(Kind.WRITE_FOREIGN, store, pick(groups), pick(keys), ForeignText.value(random), ttl);
    }

    private Operation spoiled(Operation o) {
        boolean isSet = o.kind() == Kind.SET || o.kind() == Kind.SET_WITH_TTL;
        return switch (random.nextInt(isSet ? 6 : 3)) {
            case 0 -> new Operation(o.kind(), o.store(), badText(), o.key(), o.value(), o.time());
            case 1 -> new Operation(o.kind(), o.store(), o.group(), badText(), o.value(), o.time());
            case 2 -> new Operation(o.kind(), o.store(), o.group(), o.key(), badText(), o.time());
            case 3 ->
                new Operation(o.kind(), o.store(), o.group(), tooLong(Variant.MAX_KEY_BYTES), o.value(), o.time());
            case 4 ->
                new Operation(o.kind(), o.store(), o.group(), o.key(), tooLong(Variant.MAX_VALUE_BYTES), o.time());
            default -> new Operation(o.kind(), o.store(), o.group(), o.key(), o.value(), pick(BAD_TTLS));
        };
    }

    private String badText() {
        return random.nextInt(3) == 0 ? null : pick(Texts.NOT_UNICODE);
    }

    private String tooLong(int limit) {
        return Texts.filled(limit + 1 + random.nextInt(3), random);
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

    // As long as the ttls, so that the clock often stops at a deadline, and a third as often back as ahead.
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
