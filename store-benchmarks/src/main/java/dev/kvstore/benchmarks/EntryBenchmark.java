package dev.kvstore.benchmarks;

import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Target;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Operations on single entries, out of {@link Entries ten thousand}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EntryBenchmark {

    private static final Duration TTL = Duration.ofHours(1);

    @Param("kvstore-full")
    public String target = "";

    private final Entries entries = new Entries();

    @SuppressWarnings("NullAway.Init")
    private Filled filled;

    @SuppressWarnings("NullAway.Init")
    private Contender contender;

    @Setup
    public void open() {
        filled = Filled.open(Target.parse(target), this::fill);
        contender = filled.contender();
    }

    private void fill(Contender empty) {
        String[] texts = BenchmarkValues.of(0);
        for (int i = 0; i < Entries.COUNT; i++) {
            empty.set(entries.groupAt(i), entries.keyAt(i), texts[i % texts.length]);
        }
    }

    @TearDown
    public void close() {
        filled.close();
    }

    @Benchmark
    public String get(Turns turns) {
        return read(turns.nextRead());
    }

    @Benchmark
    public void set(Turns turns) {
        int entry = turns.nextWritten();
        contender.set(entries.groupAt(entry), entries.keyAt(entry), turns.nextText());
    }

    @Benchmark
    public void setWithTtl(Turns turns) {
        int entry = turns.nextWritten();
        contender.set(entries.groupAt(entry), entries.keyAt(entry), turns.nextText(), TTL);
    }

    /** Two writes: an entry must exist to be deleted. */
    @Benchmark
    public void deleteAndSet(Turns turns) {
        int entry = turns.nextWritten();
        contender.delete(entries.groupAt(entry), entries.keyAt(entry));
        contender.set(entries.groupAt(entry), entries.keyAt(entry), turns.nextText());
    }

    /** Nine reads to one write. */
    @Benchmark
    public @Nullable String mixed(Turns turns) {
        int entry = turns.nextRead();
        if (entry % 10 == 0) {
            set(turns);
            return null;
        }
        return read(entry);
    }

    /**
     * A get among writes: before each ninth, {@link SetsBetween} sets an entry, which is not part of the measured
     * time.
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public String getAmongSets(Turns turns, SetsBetween sets) {
        return read(turns.nextRead());
    }

    private String read(int entry) {
        String value = contender.get(entries.groupAt(entry), entries.keyAt(entry));
        if (value == null) {
            throw new IllegalStateException("An entry is missing: the store did not keep it");
        }
        return value;
    }
}
