package dev.kvstore.benchmarks.targets;

import dev.kvstore.KvGroup;
import dev.kvstore.sqlite.SqliteKvStore;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A record of ten fields as JSON, in memory: what the group adds to the work of Jackson and of a group of text. */
record Json(Scale scale) implements Measured {

    private static final Goal GOAL = Goal.atMost(
            "`set` and `get` of a record with ten fields as JSON: what it adds to text", 2, 1, "× what Jackson takes");

    record Order(
            String id,
            String customer,
            String street,
            String city,
            int items,
            long cents,
            boolean gift,
            double weight,
            String state,
            String note) {

        static Order of(int number) {
            return new Order(
                    "order-" + number,
                    "Ada Lovelace",
                    "12 St James's Square",
                    "London",
                    number % 10,
                    number * 100L,
                    number % 2 == 0,
                    number / 3.0,
                    "packed",
                    "leave it with the neighbour");
        }
    }

    @Override
    public List<Line> measure() {
        JsonMapper mapper = JsonMapper.builder().build();
        try (SqliteKvStore kv = SqliteKvStore.inMemory()) {
            KvGroup<Order> orders = kv.group("orders", Order.class);
            KvGroup<String> texts = kv.group("texts");
            String[] encoded = new String[1_000];
            for (int i = 0; i < encoded.length; i++) {
                encoded[i] = mapper.writeValueAsString(Order.of(i));
            }
            List<Repeated> turns = List.of(
                    new Repeated(i -> {
                        orders.set(OwnStore.key(i % 1_000), Order.of(i));
                        orders.require(OwnStore.key(i % 1_000));
                    }),
                    new Repeated(i -> {
                        texts.set(OwnStore.key(i % 1_000), encoded[i % encoded.length]);
                        texts.require(OwnStore.key(i % 1_000));
                    }),
                    new Repeated(i -> mapper.readValue(mapper.writeValueAsString(Order.of(i)), Order.class)));
            MeasuredRounds times = MeasuredRounds.of(scale, turns, turn -> turn.time(scale.of(10_000)));
            double result = (times.median(0) - times.median(1)) / times.median(2);
            String figures = "record %s, text %s, Jackson %s"
                    .formatted(
                            FigureFormat.time(times.median(0)),
                            FigureFormat.time(times.median(1)),
                            FigureFormat.time(times.median(2)));
            return List.of(Line.of(GOAL, result, figures));
        }
    }
}
