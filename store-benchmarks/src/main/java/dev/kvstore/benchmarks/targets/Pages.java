package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.KvGroup;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A page of 100 entries out of a million, against a SELECT through JdbcTemplate on the same file. */
record Pages(Scale scale) implements Measured {

    private static final int PAGE = 100;

    private static final String SELECT = """
            SELECT key, value, expires_at FROM kv WHERE grp = ? AND key >= ? AND key < ? \
            AND (expires_at IS NULL OR expires_at > ?) ORDER BY key LIMIT 100\
            """;

    private static final Goal FIRST = Goal.atMost(
            "`page` of 100 by prefix out of a million, the first, against a SELECT by `JdbcTemplate`",
            1.3,
            1.0,
            "× its time");
    private static final Goal LAST =
            Goal.atMost("the same, the last of 10,000 pages, against the first", 1.3, 1.0, "× its time");

    @Override
    public List<Line> measure() {
        int entries = scale.of(1_000_000);
        try (OwnStore store = OwnStore.open(Durability.FULL)) {
            store.fill("group", entries);
            KvGroup<String> group = store.kv().group("group");
            KvRange first = KvRange.prefix("user-").limit(PAGE);
            KvRange last = first.from(OwnStore.key(entries - PAGE));
            SingleConnectionDataSource connection = new SingleConnectionDataSource("jdbc:sqlite:" + store.file(), true);
            try {
                JdbcTemplate jdbc = new JdbcTemplate(connection);
                List<Repeated> reads = List.of(
                        new Repeated(i -> requireFull(group.page(first))),
                        new Repeated(i -> requireFull(group.page(last))),
                        new Repeated(i -> select(jdbc)));
                MeasuredRounds times = MeasuredRounds.of(scale, reads, read -> read.time(scale.of(500)));
                return List.of(
                        Line.of(FIRST, times.ratio(0, 2), figures(times, 0, 2)),
                        Line.of(LAST, times.ratio(1, 0), figures(times, 1, 0)));
            } finally {
                connection.close();
            }
        }
    }

    private static void requireFull(KvPage<String> page) {
        if (page.entries().isEmpty()) {
            throw new IllegalStateException("The page is empty");
        }
    }

    private static void select(JdbcTemplate jdbc) {
        List<Entry> page = new ArrayList<>();
        jdbc.query(
                SELECT,
                row -> {
                    page.add(new Entry(row.getString(1), row.getString(2), row.getLong(3)));
                },
                "group",
                "user-",
                "user.",
                System.currentTimeMillis());
        if (page.isEmpty()) {
            throw new IllegalStateException("The page is empty");
        }
    }

    private record Entry(String key, String value, long expiresAt) {}

    private static String figures(MeasuredRounds times, int one, int other) {
        return "%s, against %s".formatted(FigureFormat.time(times.median(one)), FigureFormat.time(times.median(other)));
    }
}
