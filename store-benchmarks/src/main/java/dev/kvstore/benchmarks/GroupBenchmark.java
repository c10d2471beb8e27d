package dev.kvstore.benchmarks;

import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Target;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Operations on a whole group that has neighbouring groups on both sides. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class GroupBenchmark {

    private static final String GROUP = "group-5";
    private static final String TEMPLATE = "[# th:each=\"e : ${#all}\"][(${e.key})]=[(${e.value})]\n[/]";

    @Param("kvstore-full")
    public String target = "";

    @Param({"10", "100", "1000", "10000"})
    public int entries;

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
        for (int i = 0; i < entries; i++) {
            empty.set(GROUP, Entries.key(i), texts[i % texts.length]);
        }
        for (int i = 0; i < 100; i++) {
            empty.set("group-4", Entries.key(i), texts[i]);
            empty.set("group-6", Entries.key(i), texts[i]);
        }
    }

    @TearDown
    public void close() {
        filled.close();
    }

    @Benchmark
    public Map<String, String> getAll() {
        Map<String, String> all = contender.getAll(GROUP);
        expect(all.size());
        return all;
    }

    @Benchmark
    public long count() {
        return expect(contender.count(GROUP));
    }

    @Benchmark
    public String render() {
        return contender.render(TEMPLATE, GROUP);
    }

    private long expect(long count) {
        if (count != entries) {
            throw new IllegalStateException("The group has " + count + " entries, not " + entries);
        }
        return count;
    }
}
