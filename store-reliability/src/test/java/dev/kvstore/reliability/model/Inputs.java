package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvRange;
import dev.kvstore.MovedClock;
import dev.kvstore.reliability.model.SeenVersions.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The arguments of calls: few groups and keys, so that the calls collide, and often those of the call before. A
 * twentieth of the calls has an invalid argument.
 */
final class Inputs {

    static final List<Long> TTL_MILLIS = List.of(1L, 2L, 10L, 1_000L, 60_000L);

    private static final int KEYS = 14;
    private static final int BAD_INPUT_ONE_IN = 20;
    private static final int OTHER_VIEW_ONE_IN = 60;
    private static final List<Duration> BAD_TTLS =
            Stream.of(null, Duration.ZERO, Duration.ofNanos(-1)).toList();
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "41",
            "007",
            "-0",
            "+1",
            "1.0",
            "2147483647",
            "-2147483648",
            "2147483648",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808");
    private static final List<Long> DELTAS = List.of(1L, 1L, 1L, -1L, 0L, 7L, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<Expected> OFTEN_EXPECTED = List.of(
            Expected.LAST_SEEN,
            Expected.LAST_SEEN,
            Expected.LAST_SEEN,
            Expected.LAST_SEEN,
            Expected.SEEN_BEFORE,
            Expected.OF_ANY_ENTRY,
            Expected.ABSENT);

    /** The views by which a group is used, so that most of its values are readable. */
    private static final List<List<View>> VIEWS_OF_GROUPS = List.of(
            List.of(View.TEXT),
            List.of(View.TEXT, View.TEXT_NOT_SYNCED),
            List.of(View.TEXT, View.TEXT_NOT_SYNCED),
            List.of(View.BYTES),
            List.of(View.LONG, View.LONG, View.INTEGER, View.TEXT),
            List.of(View.QUOTED),
            List.of(View.JSON, View.JSON, View.JSON, View.TEXT));

    private static final int GROUPS_OF_TEXT = 3;

    /** The argument of a call that is invalid, if it has one of that kind. */
    private enum Invalid {
        GROUP,
        KEY,
        VALUE,
        LONG_GROUP,
        LONG_KEY,
        LONG_VALUE,
        VERSION,
        TIME_OR_RANGE
    }

    private final SplittableRandom random;
    private final List<String> groups;
    private final List<String> keys;
    private Instant now = new MovedClock().instant();
    private Invalid invalid;
    private View.Entry last;
    private String lastValue;
    private boolean again;

    Inputs(SplittableRandom random) {
        this.random = random;
        this.groups = someTexts(VIEWS_OF_GROUPS.size());
        this.keys = someTexts(KEYS);
        this.last = new View.Entry(group(), key());
        this.lastValue = "";
    }

    private List<String> someTexts(int count) {
        return Stream.generate(() -> pick(HostileTexts.HOSTILE))
                .distinct()
                .limit(count)
                .toList();
    }

    /** Starts the next call. */
    void next() {
        invalid = random.nextInt(BAD_INPUT_ONE_IN) == 0 ? pick(List.of(Invalid.values())) : null;
        again = random.nextInt(3) == 0;
    }

    void moveClock(Duration by) {
        now = now.plus(by);
    }

    List<View.Group> allGroups() {
        return Stream.iterate(0, i -> i < groups.size(), i -> i + 1)
                .map(i -> new View.Group(VIEWS_OF_GROUPS.get(i).get(0), groups.get(i)))
                .toList();
    }

    /** An entry for the methods for text; most are in groups of text. */
    View.Entry entryOfText() {
        boolean same = again && last.group().view() == View.TEXT;
        int usual = random.nextInt(OTHER_VIEW_ONE_IN) == 0 ? groups.size() : GROUPS_OF_TEXT;
        String group = same ? last.group().name() : groups.get(random.nextInt(usual));
        return remembered(new View.Entry(new View.Group(View.TEXT, group(group)), key()));
    }

    View.Entry entry() {
        return remembered(new View.Entry(again ? last.group() : group(), key()));
    }

    private View.Entry remembered(View.Entry entry) {
        if (invalid == null) {
            last = entry;
        }
        return entry;
    }

    /** An entry that another program writes. */
    View.Entry foreignEntry() {
        return new View.Entry(new View.Group(View.TEXT, pick(groups)), pick(keys));
    }

    private View.Group group() {
        int number = random.nextInt(groups.size());
        View view = random.nextInt(OTHER_VIEW_ONE_IN) == 0
                ? pick(List.of(View.values()))
                : pick(VIEWS_OF_GROUPS.get(number));
        return new View.Group(view, group(groups.get(number)));
    }

    private String group(String group) {
        return orInvalid(group, Invalid.GROUP, Invalid.LONG_GROUP);
    }

    private String key() {
        return orInvalid(again ? last.key() : pick(keys), Invalid.KEY, Invalid.LONG_KEY);
    }

    String leaseName() {
        return orInvalid(pick(keys.subList(0, 2)), Invalid.KEY, Invalid.LONG_KEY);
    }

    /** One of several keys. */
    String anyKey() {
        return orInvalid(pick(keys), Invalid.KEY, Invalid.LONG_KEY);
    }

    /** Calls on the entry of the call before often have its value, too. */
    String value() {
        if (invalid == Invalid.VALUE) {
            return badText();
        }
        if (invalid == Invalid.LONG_VALUE) {
            return tooLong(Variant.MAX_VALUE_BYTES);
        }
        if (!again) {
            lastValue = anyValue();
        }
        return random.nextBoolean() ? lastValue : anyValue();
    }

    private String anyValue() {
        return random.nextInt(8) == 0 ? pick(NUMBERS) : HostileTexts.value(random);
    }

    private String orInvalid(String text, Invalid bad, Invalid tooLong) {
        if (invalid == bad) {
            return badText();
        }
        return invalid == tooLong ? tooLong(Variant.MAX_KEY_BYTES) : text;
    }

    private String badText() {
        return random.nextInt(3) == 0 ? null : pick(HostileTexts.NOT_UNICODE);
    }

    private String tooLong(int limit) {
        return HostileTexts.filled(limit + 1 + random.nextInt(3), random);
    }

    Duration ttl() {
        return invalid == Invalid.TIME_OR_RANGE ? pick(BAD_TTLS) : validTtl();
    }

    private Duration validTtl() {
        return switch (random.nextInt(20)) {
            case 0 -> Duration.ofSeconds(Long.MAX_VALUE);
            case 1 -> Duration.ofMillis(Long.MAX_VALUE);
            case 2, 3 -> Duration.ofNanos(random.nextInt(1, 2_000_000));
            default -> Duration.ofMillis(pick(TTL_MILLIS));
        };
    }

    Expiry expiry() {
        if (invalid == Invalid.TIME_OR_RANGE) {
            return random.nextBoolean() ? null : Expiry.at(now);
        }
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> Expiry.never();
            case 3, 4, 5 -> Expiry.keep();
            case 6 -> Expiry.at(now.plusMillis(pick(TTL_MILLIS)));
            case 7 -> Expiry.at(random.nextBoolean() ? Instant.MAX : now.plusNanos(random.nextInt(1, 2_000_000)));
            default -> Expiry.after(validTtl());
        };
    }

    /** As long as the ttls, so that the clock often stops at a deadline; back a third as often as ahead. */
    Duration clockMove() {
        Duration by = random.nextInt(4) == 0
                ? Duration.ofNanos(random.nextInt(2_000_000))
                : Duration.ofMillis(pick(TTL_MILLIS));
        return random.nextInt(4) == 0 ? by.negated() : by;
    }

    Expected expected() {
        return invalid == Invalid.VERSION ? Expected.NEGATIVE : pick(OFTEN_EXPECTED);
    }

    long delta() {
        return pick(DELTAS);
    }

    KvRange range() {
        if (invalid == Invalid.TIME_OR_RANGE) {
            return null;
        }
        KvRange range = switch (random.nextInt(6)) {
            case 0 -> KvRange.prefix(prefix(pick(keys)));
            case 1 -> KvRange.between(pick(keys), pick(keys));
            case 2 -> KvRange.all().from(pick(keys));
            case 3 -> KvRange.all().after(pick(keys));
            case 4 -> KvRange.prefix(prefix(pick(keys))).before(pick(keys));
            default -> KvRange.all();
        };
        KvRange directed = random.nextInt(3) == 0 ? range.reversed() : range;
        return random.nextBoolean() ? directed : directed.limit(random.nextInt(1, 5));
    }

    String prefixOfGroups() {
        return group(prefix(pick(groups)));
    }

    private String prefix(String text) {
        int characters = Math.min(random.nextInt(3), text.codePointCount(0, text.length()));
        return text.substring(0, text.offsetByCodePoints(0, characters));
    }

    <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
