package dev.kvstore.reliability.model;

import dev.kvstore.reliability.model.KeysCall.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Generates the operations of a seed. Another program writes so rarely that most groups are readable. */
final class Generator {

    private static final int REOPEN_ONE_IN = 500;
    private static final int FOREIGN_ONE_IN = 400;

    private final SplittableRandom random;
    private final Inputs inputs;
    private final int stores;
    private final List<Supplier<ModelOperation>> often = new ArrayList<>();

    private Generator(long seed, int stores) {
        this.random = new SplittableRandom(seed);
        this.inputs = new Inputs(random);
        this.stores = stores;
        addTextCalls();
        addGroupCalls();
    }

    /** Returns the given number of operations, followed by reads of everything. */
    static List<ModelOperation> operations(long seed, int count, int stores) {
        Generator generator = new Generator(seed, stores);
        List<ModelOperation> operations = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> operations.add(generator.next()));
        operations.add(ExternalEvent.reopen(0));
        for (View.Group group : generator.inputs.allGroups()) {
            IntStream.range(0, stores)
                    .forEach(store -> operations.add(new RangeCall(RangeCall.Kind.GET_ALL, store, group, null)));
        }
        return operations;
    }

    private void addTextCalls() {
        add(14, () -> text(TextCall.Kind.GET));
        add(14, () -> text(TextCall.Kind.SET));
        add(14, () -> text(TextCall.Kind.SET_WITH_TTL));
        add(6, () -> text(TextCall.Kind.DELETE));
        add(3, () -> text(TextCall.Kind.REQUIRE));
        add(3, () -> text(TextCall.Kind.COUNT));
        add(3, () -> text(TextCall.Kind.GET_ALL));
        add(1, () -> text(TextCall.Kind.DELETE_GROUP));
        add(1, () -> text(TextCall.Kind.PURGE_EXPIRED));
        add(1, () -> text(TextCall.Kind.RENDER));
        add(1, () -> text(TextCall.Kind.RENDER_NAMED));
        add(1, this::groups);
    }

    private void addGroupCalls() {
        add(8, this::moveClock);
        add(14, () -> entry(EntryCall.Kind.ENTRY));
        add(8, () -> entry(EntryCall.Kind.SET_WITH_EXPIRY));
        add(26, () -> entry(inputs.pick(List.of(EntryCall.Kind.values()))));
        add(6, this::version);
        add(4, this::increment);
        add(5, this::range);
        add(3, this::keys);
        add(5, this::map);
        add(4, this::batch);
        add(8, this::lease);
    }

    private void add(int times, Supplier<ModelOperation> operation) {
        IntStream.range(0, times).forEach(i -> often.add(operation));
    }

    private ModelOperation next() {
        inputs.next();
        if (random.nextInt(REOPEN_ONE_IN) == 0) {
            return reopen();
        }
        return random.nextInt(FOREIGN_ONE_IN) == 0
                ? foreign()
                : inputs.pick(often).get();
    }

    private int store() {
        return random.nextInt(stores);
    }

    private ModelOperation reopen() {
        ExternalEvent.Kind kind =
                random.nextInt(4) == 0 ? ExternalEvent.Kind.REOPEN_READ_ONLY : ExternalEvent.Kind.REOPEN;
        return new ExternalEvent(kind, store(), null, null, null, null);
    }

    private ModelOperation foreign() {
        Duration ttl = random.nextBoolean() ? null : Duration.ofMillis(inputs.pick(Inputs.TTL_MILLIS));
        boolean ofKey = random.nextInt(3) == 0;
        View.Entry entry = inputs.foreignEntry();
        return new ExternalEvent(
                ExternalEvent.Kind.WRITE_FOREIGN,
                store(),
                entry.group().name(),
                ofKey ? inputs.pick(ForeignText.NOT_UTF_8) : entry.key(),
                ofKey ? HostileTexts.value(random) : ForeignText.value(random),
                ttl);
    }

    private ModelOperation moveClock() {
        Duration by = inputs.clockMove();
        inputs.moveClock(by);
        return new ExternalEvent(ExternalEvent.Kind.MOVE_CLOCK, store(), null, null, null, by);
    }

    private ModelOperation text(TextCall.Kind kind) {
        View.Entry entry = inputs.entryOfText();
        String value = switch (kind) {
            case RENDER -> random.nextInt(8) == 0 ? Model.UNFINISHED : Model.ALL_ENTRIES;
            case RENDER_NAMED -> templateName();
            default -> inputs.value();
        };
        return new TextCall(kind, store(), entry.group().name(), entry.key(), value, inputs.ttl());
    }

    private String templateName() {
        return switch (random.nextInt(8)) {
            case 0 -> Model.MISSING_NAME;
            case 1 -> Model.LEAVING_NAME;
            default -> Model.ALL_ENTRIES_NAME;
        };
    }

    private ModelOperation groups() {
        return new TextCall(TextCall.Kind.GROUPS, store(), inputs.prefixOfGroups(), null, null, null);
    }

    private ModelOperation entry(EntryCall.Kind kind) {
        return new EntryCall(kind, store(), inputs.entry(), inputs.value(), inputs.expiry());
    }

    private ModelOperation version() {
        VersionCall.Kind kind =
                random.nextInt(3) == 0 ? VersionCall.Kind.COMPARE_AND_DELETE : VersionCall.Kind.COMPARE_AND_SET;
        return new VersionCall(kind, store(), inputs.entry(), inputs.expected(), inputs.value(), inputs.expiry());
    }

    private ModelOperation increment() {
        IncrementCall.Kind kind = inputs.pick(List.of(IncrementCall.Kind.values()));
        return new IncrementCall(kind, store(), inputs.entry(), inputs.delta(), inputs.expiry());
    }

    private ModelOperation range() {
        RangeCall.Kind kind = inputs.pick(List.of(RangeCall.Kind.values()));
        // Groups are rarely emptied.
        boolean kept = kind == RangeCall.Kind.CLEAR && random.nextInt(4) > 0;
        return new RangeCall(
                kept ? RangeCall.Kind.ENTRIES : kind, store(), inputs.entry().group(), inputs.range());
    }

    private ModelOperation keys() {
        KeysCall.Kind kind = inputs.pick(List.of(KeysCall.Kind.values()));
        View.Group group = inputs.entry().group();
        List<Named> entries =
                Stream.generate(this::named).limit(random.nextInt(5)).toList();
        return new KeysCall(kind, store(), group, entries, inputs.expiry());
    }

    // One of several may be invalid.
    private Named named() {
        inputs.next();
        return new Named(inputs.anyKey(), inputs.value());
    }

    private ModelOperation map() {
        MapCall.Kind kind = inputs.pick(List.of(MapCall.Kind.values()));
        return new MapCall(kind, store(), inputs.entry(), valueOrNull(), valueOrNull());
    }

    private String valueOrNull() {
        return random.nextInt(8) == 0 ? null : inputs.value();
    }

    private ModelOperation batch() {
        List<BatchCall.Step> steps =
                Stream.generate(this::step).limit(random.nextInt(1, 6)).toList();
        return new BatchCall(store(), steps);
    }

    // Of few names, or the lease of a call were hardly ever taken by another.
    private ModelOperation lease() {
        LeaseCall.Kind kind = inputs.pick(List.of(LeaseCall.Kind.values()));
        return new LeaseCall(kind, store(), inputs.leaseName(), inputs.ttl());
    }

    private BatchCall.Step step() {
        inputs.next();
        return new BatchCall.Step(
                inputs.pick(List.of(BatchCall.Kind.values())),
                inputs.entry(),
                inputs.expected(),
                inputs.value(),
                inputs.expiry(),
                inputs.delta());
    }
}
