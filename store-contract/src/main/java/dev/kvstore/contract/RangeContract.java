package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.KvEntry;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A range names the keys that a page, a stream, a count and a delete are about. */
abstract class RangeContract extends ContractPart {

    RangeContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void setTheEntriesOfTheGroup() {
        set("a", "aa", "ab", "b", "ba", "c");
        kv.group("neighbour").set("ab", VALUE);
    }

    private void set(String... keys) {
        // Every other value is large.
        group.setAll(Stream.of(keys).collect(Collectors.toMap(key -> key, RangeContract::valueOf)));
    }

    private static String valueOf(String key) {
        return key.length() == 1 ? Values.LARGE + key : "value of " + key;
    }

    /** Checks that all methods find these keys in a range without a limit. */
    private void assertKeys(KvRange range, String... keys) {
        assertThat(group.keys(range)).as("keys %s", range).containsExactly(keys);
        assertThat(group.entries(range).map(KvEntry::key))
                .as("entries %s", range)
                .containsExactly(keys);
        KvPage<String> page = group.page(range);
        assertThat(page.entries().stream().map(KvEntry::key))
                .as("page %s", range)
                .containsExactly(keys);
        assertThat(page.entries()).allSatisfy(entry -> assertThat(entry.value()).isEqualTo(valueOf(entry.key())));
        assertThat(page.next()).isEmpty();
        assertThat(group.count(range)).as("count %s", range).isEqualTo(keys.length);
    }

    @Test
    void allMeansAllKeysInOrder() {
        assertKeys(KvRange.all(), "a", "aa", "ab", "b", "ba", "c");
    }

    @Test
    void aPrefixMeansTheKeysThatBeginWithIt() {
        assertKeys(KvRange.prefix("a"), "a", "aa", "ab");
        assertKeys(KvRange.prefix("ab"), "ab");
        assertKeys(KvRange.prefix("abc"));
        assertKeys(KvRange.prefix(""), "a", "aa", "ab", "b", "ba", "c");
        assertKeys(KvRange.prefix("d"));
    }

    @Test
    void aRangeBetweenTwoKeysContainsTheFirstAndNotTheSecond() {
        assertKeys(KvRange.between("aa", "ba"), "aa", "ab", "b");
        assertKeys(KvRange.between("aaa", "bb"), "ab", "b", "ba");
        assertKeys(KvRange.between("", "a"));
        assertKeys(KvRange.between("c", "d"), "c");
    }

    @Test
    void aRangeWhoseEndIsNotBehindItsBeginningIsEmpty() {
        assertKeys(KvRange.between("b", "b"));
        assertKeys(KvRange.between("c", "a"));
        assertKeys(KvRange.between("c", "a").reversed());
        assertThat(group.page(KvRange.between("c", "a").limit(1)).next()).isEmpty();
        assertThat(group.deleteAll(KvRange.between("c", "a"))).isZero();
        assertThat(group.deleteAll(KvRange.between("c", "a").limit(2))).isZero();
        assertThat(group.count()).isEqualTo(6);
    }

    @Test
    void fromAfterAndBeforeNarrowARange() {
        assertKeys(KvRange.all().from("ab"), "ab", "b", "ba", "c");
        assertKeys(KvRange.all().after("ab"), "b", "ba", "c");
        assertKeys(KvRange.all().before("ab"), "a", "aa");
        assertKeys(KvRange.prefix("a").from("aa"), "aa", "ab");
        assertKeys(KvRange.prefix("a").after("a").before("ab"), "aa");
        assertKeys(KvRange.between("a", "c").after("a").after("aa").before("ba").before("b"), "ab");
    }

    @Test
    void aRangeIsNeverWidened() {
        assertKeys(KvRange.prefix("b").from("a"), "b", "ba");
        assertKeys(KvRange.prefix("b").after("a"), "b", "ba");
        assertKeys(KvRange.prefix("b").before("z"), "b", "ba");
        assertKeys(KvRange.all().from("b").from("a"), "b", "ba", "c");
        assertKeys(KvRange.all().before("b").before("c"), "a", "aa", "ab");
    }

    @Test
    void reversedMeansFromTheLargestKeyToTheSmallest() {
        assertKeys(KvRange.all().reversed(), "c", "ba", "b", "ab", "aa", "a");
        assertKeys(KvRange.prefix("a").reversed(), "ab", "aa", "a");
        assertKeys(KvRange.between("aa", "ba").reversed(), "b", "ab", "aa");
        assertKeys(KvRange.all().reversed().after("ab").before("c"), "ba", "b");
        assertKeys(KvRange.all().reversed().reversed(), "a", "aa", "ab", "b", "ba", "c");
    }

    @Test
    void expiredEntriesAreSkipped() {
        group.set("aa", VALUE, MINUTE);
        group.set("c", Values.LARGE, MINUTE);
        clock.advance(MINUTE.plusMillis(1));

        assertKeys(KvRange.all(), "a", "ab", "b", "ba");
        assertKeys(KvRange.all().reversed(), "ba", "b", "ab", "a");
        assertThat(group.keys(KvRange.all().limit(2))).containsExactly("a", "ab");
        assertThat(group.keys(KvRange.all().reversed().limit(2))).containsExactly("ba", "b");
    }

    @Test
    void percentAndUnderscoreAndStarAreLetters() {
        set("%", "_", "*", "%a", "_a", "a%", "a_", "a*", "?", "[a]", "\\%");

        assertKeys(KvRange.prefix("%"), "%", "%a");
        assertKeys(KvRange.prefix("_"), "_", "_a");
        assertKeys(KvRange.prefix("*"), "*");
        assertKeys(KvRange.prefix("a%"), "a%");
        assertKeys(KvRange.prefix("a_"), "a_");
        assertKeys(KvRange.prefix("["), "[a]");
        assertKeys(KvRange.prefix("\\"), "\\%");
        assertThat(group.deleteAll(KvRange.prefix("%"))).isEqualTo(2);
        assertThat(group.deleteAll(KvRange.prefix("_"))).isEqualTo(2);
        assertThat(group.count()).isEqualTo(13);
    }

    @Test
    void upperAndLowerCaseAreDifferent() {
        set("A", "AB", "É", "é");

        assertKeys(KvRange.prefix("A"), "A", "AB");
        assertKeys(KvRange.prefix("É"), "É");
        assertKeys(KvRange.between("A", "a"), "A", "AB");
    }

    @Test
    void aLimitBoundsAPageAndAStream() {
        assertThat(group.keys(KvRange.all().limit(2))).containsExactly("a", "aa");
        assertThat(group.entries(KvRange.all().limit(2)).map(KvEntry::key)).containsExactly("a", "aa");
        assertThat(group.page(KvRange.all().limit(2)).entries()).hasSize(2);
        assertThat(group.keys(KvRange.all().reversed().limit(2))).containsExactly("c", "ba");
        assertThat(group.keys(KvRange.all().limit(100))).hasSize(6);
        assertThat(group.keys(KvRange.all().limit(1).limit(3))).hasSize(3);
    }

    @Test
    void countHeedsNeitherLimitNorDirection() {
        assertThat(group.count(KvRange.prefix("a").limit(1))).isEqualTo(3);
        assertThat(group.count(KvRange.prefix("a").reversed())).isEqualTo(3);
        assertThat(group.count(KvRange.all().reversed().limit(2))).isEqualTo(6);
    }

    @Test
    void aLimitBelowOneIsRefused() {
        for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> KvRange.all().limit(limit));
        }
    }

    @Test
    void deleteAllDeletesTheEntriesOfARangeAndReturnsTheirNumber() {
        assertThat(group.deleteAll(KvRange.between("aa", "b"))).isEqualTo(2);
        assertThat(group.getAll().keySet()).containsExactly("a", "b", "ba", "c");
        assertThat(group.deleteAll(KvRange.prefix("b").reversed())).isEqualTo(2);
        assertThat(group.getAll()).isEqualTo(Map.of("a", valueOf("a"), "c", valueOf("c")));
        assertThat(group.deleteAll(KvRange.all())).isEqualTo(2);
        assertThat(group.deleteAll(KvRange.all())).isZero();
        assertThat(kv.group("neighbour").get("ab")).contains(VALUE);
    }

    @Test
    void deleteAllWithALimitDeletesTheFirstInTheDirectionOfTheRange() {
        assertThat(group.deleteAll(KvRange.all().limit(2))).isEqualTo(2);
        assertThat(group.getAll().keySet()).containsExactly("ab", "b", "ba", "c");

        assertThat(group.deleteAll(KvRange.prefix("b").reversed().limit(1))).isEqualTo(1);
        assertThat(group.getAll().keySet()).containsExactly("ab", "b", "c");

        assertThat(group.deleteAll(KvRange.all().limit(4))).isEqualTo(3);
        assertThat(group.count()).isZero();
    }

    @Test
    void theLimitOfDeleteAllCountsLiveEntries() {
        group.set("a", VALUE, MINUTE);
        group.set("ab", VALUE, MINUTE);
        clock.advance(MINUTE.plusMillis(1));

        assertThat(group.deleteAll(KvRange.all().limit(2))).isEqualTo(2);
        assertThat(group.keys(KvRange.all())).containsExactly("ba", "c");
    }

    @Test
    void keysOfALimitThatIsTheirNumberAreAllDeleted() {
        assertThat(group.deleteAll(List.of("c"))).isEqualTo(1);
        assertThat(group.deleteAll(KvRange.all().limit(5))).isEqualTo(5);
        assertThat(group.count()).isZero();
    }
}
