package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kvstore.KvTypeException;
import dev.kvstore.engine.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The store's own JSON: what is written is read as it was, also by a later form of its type. */
class OwnJsonTest {

    private final Codecs codecs = Codecs.own();

    enum Size {
        SMALL;

        @Override
        public String toString() {
            return "small, for people";
        }
    }

    record Item(String name, int count, Size size) {

        public String getLabel() {
            return "derived";
        }

        public boolean isEmpty() {
            return count == 0;
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Order(
            long id,
            List<Item> items,
            Map<String, BigDecimal> prices,
            Optional<String> note,
            Optional<String> none,
            Instant placed,
            OffsetDateTime paid,
            ZonedDateTime due,
            LocalDate day,
            Duration warranty,
            byte[] signature,
            @Nullable String missing) {}

    private static final Order ORDER = new Order(
            Long.MAX_VALUE,
            List.of(new Item("\0 😀 \u2028 </script> \"", 2, Size.SMALL)),
            Map.of("total", new BigDecimal("1E+3")),
            Optional.of("note"),
            Optional.empty(),
            Instant.parse("2026-01-02T03:04:05.000000006Z"),
            OffsetDateTime.parse("2026-01-02T03:04:05+05:30"),
            ZonedDateTime.parse("2026-07-02T03:04:05+02:00[Europe/Berlin]"),
            LocalDate.parse("2026-01-02"),
            Duration.ofNanos(1),
            new byte[] {1, -1},
            null);

    @Test
    void aValueIsReadAsItWasWritten() {
        TypedValues<Order> orders = codecs.of(Order.class);

        Order read = orders.decode(orders.encode(ORDER), "orders", "1");

        assertThat(read).usingRecursiveComparison().isEqualTo(ORDER);
        assertThat(read.paid()).isEqualTo("2026-01-02T03:04:05+05:30").hasToString("2026-01-02T03:04:05+05:30");
        assertThat(read.due()).hasToString("2026-07-02T03:04:05+02:00[Europe/Berlin]");
    }

    /** Whoever changes this line makes what others have stored unreadable, or equal values unequal. */
    @Test
    void theFormIsFixed() {
        String expected = String.join(
                ",",
                "'id':9223372036854775807",
                "'items':[{'name':'\\u0000 😀 \u2028 </script> \\'','count':2,'size':'SMALL'}]",
                "'prices':{'total':1E+3}",
                "'note':'note'",
                "'none':null",
                "'placed':'2026-01-02T03:04:05.000000006Z'",
                "'paid':'2026-01-02T03:04:05+05:30'",
                "'due':'2026-07-02T03:04:05+02:00[Europe/Berlin]'",
                "'day':'2026-01-02'",
                "'warranty':'PT0.000000001S'",
                "'signature':'Af8='",
                "'missing':null");

        assertThat(json(ORDER)).isEqualTo("{" + expected.replace('\'', '"') + "}");
    }

    @Test
    void aLaterFormReadsWhatAnEarlierOneWrote() {
        record Earlier(String name, String dropped) {}
        record Later(String name, int added, @Nullable String alsoAdded, boolean flag) {}

        assertThat(read(Later.class, json(new Earlier("name", "dropped"))))
                .isEqualTo(new Later("name", 0, null, false));
    }

    @Test
    void namesCanBeChosenByAnnotations() {
        record Renamed(@JsonProperty("name") String title) {}

        assertThat(json(new Renamed("a"))).isEqualTo("{\"name\":\"a\"}");
        assertThat(read(Renamed.class, "{\"name\":\"a\"}")).isEqualTo(new Renamed("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Z", "GMT", "+02:00", "UTC+02:00", "Europe/Berlin", "Etc/GMT-2"})
    void aTimeKeepsItsZone(ZoneId zone) {
        ZonedDateTime time = Instant.EPOCH.atZone(zone);

        assertThat(read(ZonedDateTime.class, json(time)).getZone()).isEqualTo(zone);
    }

    @Test
    @SuppressWarnings("JavaUtilDate")
    void theMachineHasNoInfluence() {
        record Event(
                @JsonFormat(pattern = "yyyy-MM-dd HH:mm z") Date date, Map<Date, Duration> durations) {}
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));

            assertThat(json(new Event(new Date(0), Map.of(new Date(0), Duration.ofDays(1)))))
                    .isEqualTo("{\"date\":\"1970-01-01 00:00 UTC\","
                            + "\"durations\":{\"1970-01-01T00:00:00.000Z\":\"PT24H\"}}");
        } finally {
            TimeZone.setDefault(zone);
        }
        assertThat(ownMapper().serializationConfig().getLocale()).isEqualTo(Locale.ROOT);
        assertThat(ownMapper().deserializationConfig().getLocale()).isEqualTo(Locale.ROOT);
    }

    @Test
    void theComponentsOfARecordComeInTheirOrderAndOtherPropertiesSorted() {
        assertThat(json(new Properties())).isEqualTo("{\"a\":1,\"b\":2,\"c\":3}");
    }

    static final class Properties {
        public int c = 3;
        public int a = 1;

        public int getB() {
            return 2;
        }
    }

    @Test
    void whatIsLongIsReadToo() {
        record Lengthy(BigInteger number, Map<String, Integer> names) {}
        Lengthy value = new Lengthy(BigInteger.TEN.pow(2_000), Map.of("n".repeat(60_000), 1));

        assertThat(read(Lengthy.class, json(value))).isEqualTo(value);
        assertThat(ownMapper().tokenStreamFactory().streamReadConstraints().getMaxStringLength())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{\"name\":\"a secret\",\"count\":\"a secret\"}",
                "{\"name\":\"a secret\",\"count\":1.5}",
                "{\"size\":\"a secret\"}",
                "{\"name\":{\"a secret\":1}}",
                "{} \"a secret\"",
                "a secret"
            })
    void textThatIsNoSuchValueIsATypeExceptionWithoutTheText(String text) {
        assertThatThrownBy(() -> read(Item.class, text))
                .isInstanceOf(KvTypeException.class)
                .hasMessageStartingWith("The value of 'group/key' cannot be decoded as " + Item.class.getName())
                .satisfies(thrown -> assertThat(printed(thrown)).doesNotContain("secret"));
    }

    @Test
    void aKeyOfAMapThatIsNoSuchKeyIsNotQuoted() {
        record Counts(Map<Integer, Integer> counts) {}

        assertThatThrownBy(() -> read(Counts.class, "{\"counts\":{\"secret\":1}}"))
                .isInstanceOf(KvTypeException.class)
                .satisfies(thrown -> assertThat(printed(thrown)).doesNotContain("secret"));
    }

    @Test
    void aValueThatHasNoJsonIsRefusedWithoutTheValue() {
        record Secretive(String name) {
            @Override
            @SuppressWarnings("UnusedMethod") // Jackson calls it.
            public String name() {
                throw new IllegalStateException("secret");
            }
        }

        for (Object value : List.of(new Object(), new Secretive("secret"), cyclic())) {
            assertThatThrownBy(() -> json(value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("value cannot be encoded as " + value.getClass().getName())
                    .satisfies(thrown -> assertThat(printed(thrown)).doesNotContain("secret"));
        }
    }

    static final class Cycle {
        public @Nullable Object next;
        public String name = "secret";
    }

    private static Cycle cyclic() {
        Cycle first = new Cycle();
        Cycle second = new Cycle();
        first.next = second;
        second.next = first;
        return first;
    }

    @Test
    void theMapperIsMadeWhenItIsNeededAndOnlyOnce() {
        int[] made = {0};
        Codecs counted = new Codecs(() -> {
            made[0]++;
            return JacksonFormat.own();
        });

        counted.of(String.class);
        assertThat(made[0]).isZero();

        counted.of(Item.class);
        counted.of(Order.class);
        assertThat(made[0]).isEqualTo(1);
    }

    private static JsonMapper ownMapper() {
        return ((JacksonFormat) JacksonFormat.own()).mapper();
    }

    @SuppressWarnings("unchecked")
    private String json(Object value) {
        Value stored = codecs.of((Class<Object>) value.getClass()).encode(value);
        return ((Value.Text) stored).text();
    }

    private <V> V read(Class<V> type, String json) {
        return codecs.of(type).decode(new Value.Text(json), "group", "key");
    }

    private static String printed(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
