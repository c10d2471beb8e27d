package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.Value;
import dev.kvstore.reliability.Interleavings;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A value that several threads load at once is loaded by one of them, and what each of them gets is the value of the
 * entry at a moment of its call, also if others set or delete the entry meanwhile.
 */
@NullUnmarked
class LoadsLincheckTest {

    private static final String[] THREE_LOADS = {"load", "load", "load"};
    private static final String[] LOAD_AND_SET = {"load", "set get"};
    private static final String[] LOAD_AND_DELETION = {"load", "delete load get"};

    private static final Interleavings SCENARIOS = Interleavings.comparedWith(Row.class)
            .of(THREE_LOADS)
            .of(LOAD_AND_SET)
            .of(LOAD_AND_DELETION)
            .of("load", "load get", "delete");

    @Test
    void loadsAreCorrectInEveryInterleaving() {
        SCENARIOS.walk(Loaded.class, "loads");
    }

    @Test
    void loadsAreCorrectWhenThreadsRace() {
        SCENARIOS.race(Loaded.class);
    }

    @Test
    void theLoadsForPlantedFlawsAreCorrectWithoutOne() {
        SCENARIOS.walk(Flawless.class);
    }

    static Stream<Arguments> flawed() {
        return Stream.of(
                arguments(LoadsSideBySide.class, THREE_LOADS),
                arguments(SharesWithLateCallers.class, LOAD_AND_DELETION),
                arguments(SharesUntilItIsSet.class, LOAD_AND_DELETION),
                arguments(KeepsWhatHasEnded.class, LOAD_AND_DELETION),
                arguments(Overwrites.class, LOAD_AND_SET));
    }

    @ParameterizedTest
    @MethodSource("flawed")
    void aPlantedFlawIsFoundByModelChecking(Class<?> flawed, String[] threads) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seek(flawed, threads))
                .withMessageMatching("(?s).*(Invalid execution results|has hung|live-lock).*");
    }

    /** The negative control of the race. */
    @Test
    void aPlantedFlawIsFoundByARace() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seekByRace(LoadsSideBySide.class, THREE_LOADS))
                .withMessageContaining("Invalid execution results");
    }

    /** The sequential specification. */
    public static class Row {

        private static final String NOTHING = "nothing";

        private String value = NOTHING;

        @Operation
        public String load() {
            if (value.equals(NOTHING)) {
                value = "loaded";
            }
            return value;
        }

        @Operation
        public void set() {
            value = "set";
        }

        @Operation
        public void delete() {
            value = NOTHING;
        }

        @Operation
        public String get() {
            return value;
        }
    }

    /** The same on an engine, with a loader that notices another one beside it. */
    public abstract static class OnAnEngine {

        private static final EntryName NAME = new EntryName("group", "key");

        final OneRowEngine engine = new OneRowEngine();
        private final AtomicInteger loaders = new AtomicInteger();

        @Operation
        public String load() {
            return text(load(NAME, new Loads.Source() {
                @Override
                public Optional<Value> read() {
                    return engine.read(new Query.Get("group", "key"));
                }

                @Override
                public Loads.Computed compute() {
                    Value.Text value =
                            new Value.Text(loaders.incrementAndGet() == 1 ? "loaded" : "loaded beside another");
                    loaders.decrementAndGet();
                    return () -> setLoaded(value);
                }
            }));
        }

        abstract Value load(EntryName name, Loads.Source source);

        Value setLoaded(Value.Text value) {
            return engine.write(new Change.GetOrSet(put(value.text(), Condition.ABSENT)), Durability.FULL)
                    .orElse(value);
        }

        static Change.Put put(String text, Condition condition) {
            return new Change.Put("group", "key", new Value.Text(text), text.length(), Expiry.never(), condition);
        }

        @Operation
        public void set() {
            engine.write(put("set", Condition.ANY), Durability.FULL);
        }

        @Operation
        public void delete() {
            engine.write(new Change.Delete("group", "key", Condition.ANY), Durability.FULL);
        }

        @Operation
        public String get() {
            return engine.read(new Query.Get("group", "key"))
                    .map(OnAnEngine::text)
                    .orElse(Row.NOTHING);
        }

        private static String text(Value value) {
            return ((Value.Text) value).text();
        }
    }

    public static class Loaded extends OnAnEngine {

        private final Loads loads = new Loads(engine);

        @Override
        Value load(EntryName name, Loads.Source source) {
            return loads.get(name, source);
        }
    }

    public static class Flawless extends OnAnEngine {

        private final PlantedLoads loads;

        public Flawless() {
            this(PlantedLoads.Flaw.NONE);
        }

        Flawless(PlantedLoads.Flaw flaw) {
            loads = new PlantedLoads(flaw);
        }

        @Override
        Value load(EntryName name, Loads.Source source) {
            return loads.get(name, source);
        }
    }

    public static class LoadsSideBySide extends Flawless {

        public LoadsSideBySide() {
            super(PlantedLoads.Flaw.LOADS_SIDE_BY_SIDE);
        }
    }

    public static class SharesWithLateCallers extends Flawless {

        public SharesWithLateCallers() {
            super(PlantedLoads.Flaw.SHARES_WITH_LATE_CALLERS);
        }
    }

    public static class SharesUntilItIsSet extends Flawless {

        public SharesUntilItIsSet() {
            super(PlantedLoads.Flaw.SHARES_UNTIL_IT_IS_SET);
        }
    }

    public static class KeepsWhatHasEnded extends Flawless {

        public KeepsWhatHasEnded() {
            super(PlantedLoads.Flaw.KEEPS_WHAT_HAS_ENDED);
        }
    }

    public static class Overwrites extends Flawless {

        @Override
        Value setLoaded(Value.Text value) {
            engine.write(put(value.text(), Condition.ANY), Durability.FULL);
            return value;
        }
    }
}
