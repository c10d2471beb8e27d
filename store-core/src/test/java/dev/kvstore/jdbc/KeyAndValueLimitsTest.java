package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.engine.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** The settings limit the lengths of groups, keys and values. */
class KeyAndValueLimitsTest {

    @Test
    void aLimitIsBetweenOneByteAndOneMegabyteForKeysAnd512ForValues() {
        Limits smallest = new Limits(DataSize.ofBytes(1), DataSize.ofBytes(1));
        Limits largest = new Limits(DataSize.ofMegabytes(1), DataSize.ofMegabytes(512));

        assertThat(smallest.checkedSize("g", "k", new Value.Text("v"))).isEqualTo(1);
        assertThat(largest.checkedSize("group", "key", new Value.Text("value"))).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, maxKeySize", "1048577, 1, maxKeySize", "1, 0, maxValueSize", "1, 536870913, maxValueSize"})
    void theErrorForAnInvalidLimitNamesTheSetting(long maxKeySize, long maxValueSize, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(DataSize.ofBytes(maxKeySize), DataSize.ofBytes(maxValueSize)))
                .withMessageStartingWith(name + " must be between 1B and ");
    }
}
