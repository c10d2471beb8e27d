package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.KvTypeException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.util.ClassUtils;

/** A group has values of one type, which are stored as text that everybody can read, or as bytes. */
abstract class TypesContract extends ContractPart {

    private static final String JACKSON = "tools.jackson.databind.json.JsonMapper";

    TypesContract(KvStoreContract contract) {
        super(contract);
    }

    /** With a text of its own, and constants that are classes. */
    enum Size {
        SMALL {
            @Override
            int factor() {
                return 1;
            }
        },
        LARGE {
            @Override
            int factor() {
                return 10;
            }
        };

        abstract int factor();

        @Override
        public String toString() {
            return "size " + factor();
        }
    }

    record Order(String customer, BigDecimal total, LocalDate day, List<String> items, Optional<Size> size) {}

    private static final Order ORDER = new Order(
            "Ada 🎉", new BigDecimal("12.50"), LocalDate.of(2026, 1, 2), List.of("a", "b"), Optional.of(Size.LARGE));

    /** A type with two values and the text of the first. */
    private record Sample<V>(Class<V> type, V value, String text, V other) {

        DynamicTest test(TypesContract contract) {
            return DynamicTest.dynamicTest(type.getSimpleName(), () -> contract.assertStoredAsText(this));
        }
    }

    @TestFactory
    Stream<DynamicTest> valuesOfATypeAreStoredAsItsText() {
        UUID id = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
        return Stream.of(
                        new Sample<>(String.class, "\0 text 🎉", "\0 text 🎉", ""),
                        new Sample<>(Integer.class, Integer.MIN_VALUE, "-2147483648", 0),
                        new Sample<>(Long.class, Long.MAX_VALUE, "9223372036854775807", -1L),
                        new Sample<>(Boolean.class, true, "true", false),
                        new Sample<>(
                                Instant.class,
                                Instant.ofEpochSecond(0, 1),
                                "1970-01-01T00:00:00.000000001Z",
                                Instant.MAX),
                        new Sample<>(UUID.class, id, "01890a5d-ac96-774b-bcce-b302099a8057", new UUID(0, 0)),
                        new Sample<>(RoundingMode.class, RoundingMode.HALF_UP, "HALF_UP", RoundingMode.DOWN),
                        new Sample<>(Size.class, Size.SMALL, "SMALL", Size.LARGE))
                .map(sample -> sample.test(this));
    }

    private <V> void assertStoredAsText(Sample<V> sample) {
        KvGroup<V> typed = kv.group("group", sample.type());
        typed.set("key", sample.value());
        typed.setAll(Map.of("other", sample.other()));

        assertThat(group.get("key")).contains(sample.text());
        assertThat(kv.get("group", "key")).contains(sample.text());
        assertThat(kv.getAll("group")).containsEntry("key", sample.text());
        assertThat(kv.render("[(${key})]", "group")).isEqualTo(sample.text());

        group.set("text", sample.text());
        assertThat(typed.get("text")).contains(sample.value());
        assertEveryReadReturns(typed, sample.value(), sample.other());
        group.clear();
    }

    private static <V> void assertEveryReadReturns(KvGroup<V> typed, V value, V other) {
        assertThat(typed.get("key")).contains(value);
        assertThat(typed.require("key")).isEqualTo(value);
        assertThat(typed.entry("key").map(KvEntry::value)).contains(value);
        assertThat(typed.getAll()).containsEntry("key", value).containsEntry("other", other);
        assertThat(typed.getAll(List.of("key", "other"))).isEqualTo(Map.of("key", value, "other", other));
        assertThat(typed.page(KvRange.prefix("key")).entries().get(0).value()).isEqualTo(value);
        assertThat(typed.entries(KvRange.prefix("key")).map(KvEntry::value)).containsExactly(value);
        assertThat(typed.asMap()).containsEntry("key", value);
        assertThat(typed.getOrSet("key", other, Expiry.never())).contains(value);
        assertThat(typed.getOrCompute("key", Expiry.never(), () -> other)).isEqualTo(value);
        assertThat(typed.getAndExpire("key", Expiry.after(MINUTE))).contains(value);
        assertThat(typed.update("key", Expiry.never(), before -> before)).contains(value);
        assertThat(typed.getAndSet("key", other, Expiry.never())).contains(value);
        assertThat(typed.getAndDelete("key")).contains(other);
    }

    @Test
    void bytesAreStoredAsBytes() {
        KvGroup<byte[]> bytes = kv.group("group", byte[].class);
        for (byte[] value : new byte[][] {{}, {0}, {1, -1, 0, 127, -128}, {'t', 'e', 'x', 't'}, new byte[100_000]}) {
            bytes.set("key", value);
            assertThat(bytes.require("key")).isEqualTo(value);
            assertThat(bytes.getAll().get("key")).isEqualTo(value);
            assertThat(bytes.page(KvRange.all()).entries().get(0).value()).isEqualTo(value);
            assertThat(bytes.getAndSet("key", new byte[] {2}, Expiry.never()))
                    .hasValueSatisfying(before -> assertThat(before).isEqualTo(value));
        }
    }

    @Test
    void theArrayOfTheCallerIsNotTheArrayOfTheStore() {
        KvGroup<byte[]> bytes = kv.group("group", byte[].class);
        byte[] given = {1, 2, 3};
        bytes.set("key", given);
        given[0] = 9;
        for (int i = 0; i < 3; i++) {
            byte[] read = bytes.require("key");
            assertThat(read).containsExactly(1, 2, 3);
            read[0] = 9;
        }
    }

    @Test
    void aPrimitiveTypeMeansItsWrapper() {
        KvGroup<Long> longs = kv.group("group", long.class);
        longs.set("key", 41L);

        assertThat(longs.increment("key", 1)).isEqualTo(42);
        assertThat(kv.group("group", Long.class).get("key")).contains(42L);
    }

    @Test
    void aReferenceToASimpleTypeMeansThatType() {
        kv.group("group", new ParameterizedTypeReference<UUID>() {}).set("key", new UUID(0, 1));

        assertThat(group.get("key")).contains("00000000-0000-0000-0000-000000000001");
    }

    @Test
    void aRecordIsStoredAsJson() {
        assumeTrue(ClassUtils.isPresent(JACKSON, null), "JSON needs Jackson");
        KvGroup<Order> orders = kv.group("group", Order.class);
        Order other = new Order("", BigDecimal.ZERO, LocalDate.EPOCH, List.of(), Optional.empty());
        orders.set("key", ORDER);
        orders.set("other", other);

        assertThat(kv.require("group", "key"))
                .startsWith("{")
                .contains("\"customer\":\"Ada 🎉\"", "12.50", "2026-01-02", "\"LARGE\"");
        assertEveryReadReturns(orders, ORDER, other);
    }

    @Test
    void aGenericTypeIsStoredAsJson() {
        assumeTrue(ClassUtils.isPresent(JACKSON, null), "JSON needs Jackson");
        KvGroup<Map<UUID, List<Order>>> orders = kv.group("group", new ParameterizedTypeReference<>() {});
        Map<UUID, List<Order>> some = Map.of(new UUID(1, 2), List.of(ORDER, ORDER), new UUID(3, 4), List.of());
        orders.set("key", some);
        orders.set("other", Map.of());

        assertThat(kv.require("group", "key")).contains("00000000-0000-0001-0000-000000000002");
        assertEveryReadReturns(orders, some, Map.of());
    }

    @Test
    void largeJsonIsReturnedExactly() {
        assumeTrue(ClassUtils.isPresent(JACKSON, null), "JSON needs Jackson");
        KvGroup<List<Order>> orders = kv.group("group", new ParameterizedTypeReference<>() {});
        List<Order> many = Stream.generate(() -> ORDER).limit(200).toList();
        orders.set("key", many);

        assertThat(orders.get("key")).contains(many);
    }

    @Test
    void textThatIsNoValueOfTheTypeIsAnErrorThatNamesTheEntryAndNotTheValue() {
        group.set("key", VALUE);
        Stream<Class<?>> types =
                Stream.of(Integer.class, Long.class, Boolean.class, Instant.class, UUID.class, Size.class);
        Stream<Class<?>> json = ClassUtils.isPresent(JACKSON, null) ? Stream.of(Order.class) : Stream.of();

        Stream.concat(types, json)
                .forEach(type -> assertThatExceptionOfType(KvTypeException.class)
                        .isThrownBy(() -> kv.group("group", type).get("key"))
                        .withMessageContaining("group/key")
                        .withMessageContaining(type.getTypeName())
                        .withMessageNotContaining(VALUE)
                        .isInstanceOf(InvalidDataAccessApiUsageException.class));
        assertThat(group.get("key")).contains(VALUE);
    }

    @Test
    void aNumberHasOneForm() {
        for (String other : List.of("+1", "01", " 1", "1.0", "2147483648", "")) {
            group.set("key", other);
            assertThatExceptionOfType(KvTypeException.class)
                    .as("'%s'", other)
                    .isThrownBy(() -> kv.group("group", Integer.class).get("key"));
        }
    }
}
