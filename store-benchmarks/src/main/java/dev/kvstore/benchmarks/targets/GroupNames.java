package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.KvBatch;
import dev.kvstore.KvStore;
import dev.kvstore.benchmarks.BenchmarkValues;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The names of many groups, against SELECT DISTINCT on the same file. */
record GroupNames(Scale scale) implements Measured {

    private static final int ENTRIES = 10;

    private static final String DISTINCT = "SELECT DISTINCT grp FROM kv";

    private static final Goal MANY = Goal.none("`groups` of 100,000 groups of ten entries, against `SELECT DISTINCT`");
    private static final Goal TEN = Goal.none("`groups` of the first ten of them by prefix, against the same");

    @Override
    public List<Line> measure() {
        int groups = scale.of(100_000);
        try (OwnStore store = OwnStore.open(Durability.NORMAL)) {
            fill(store.kv(), groups);
            SingleConnectionDataSource connection = new SingleConnectionDataSource("jdbc:sqlite:" + store.file(), true);
            try {
                JdbcTemplate jdbc = new JdbcTemplate(connection);
                List<Repeated> reads = List.of(
                        new Repeated(i -> store.kv().groups("").forEach(name -> {})),
                        new Repeated(i -> store.kv().groups("group-0000000").forEach(name -> {})),
                        new Repeated(i -> jdbc.queryForList(DISTINCT, String.class)));
                MeasuredRounds times = MeasuredRounds.of(scale, reads, read -> read.time(1));
                return List.of(line(MANY, times, 0), line(TEN, times, 1));
            } finally {
                connection.close();
            }
        }
    }

    private static void fill(KvStore kv, int groups) {
        String[] texts = BenchmarkValues.of(0, 1009, 100);
        KvBatch batch = kv.batch();
        for (int i = 0; i < groups * ENTRIES; i++) {
            batch.set(
                    kv.group("group-%08d".formatted(i / ENTRIES)), OwnStore.key(i % ENTRIES), texts[i % texts.length]);
            if (i % 10_000 == 9_999) {
                batch.commit();
                batch = kv.batch();
            }
        }
        batch.commit();
    }

    private static Line line(Goal goal, MeasuredRounds times, int read) {
        return new Line(
                goal,
                FigureFormat.number(times.ratio(read, 2)) + " × its time",
                "%s, against %s".formatted(FigureFormat.time(times.median(read)), FigureFormat.time(times.median(2))));
    }
}
