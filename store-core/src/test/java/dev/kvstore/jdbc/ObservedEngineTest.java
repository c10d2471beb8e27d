package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvOperation;
import dev.kvstore.engine.FeedChange;
import dev.kvstore.engine.FeedQuery;
import dev.kvstore.engine.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each operation of the engine has a name for observers. */
class ObservedEngineTest {

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(ObservedEngineTest::records);
    }

    private static boolean isOfTheFeed(Class<?> operation) {
        return FeedQuery.class.isAssignableFrom(operation) || FeedChange.class.isAssignableFrom(operation);
    }

    @Test
    void onlyWhatBelongsToTheLogOfChangesIsCalledSo() {
        List<Class<?>> operations = records(Operation.class).toList();

        assertThat(operations).hasSizeGreaterThan(20);
        assertThat(operations)
                .allSatisfy(operation -> assertThat(ObservedEngine.of(operation) == KvOperation.CHANGES)
                        .as(operation.getName())
                        .isEqualTo(isOfTheFeed(operation)));
        assertThat(operations.stream().map(ObservedEngine::of)).containsAll(List.of(KvOperation.values()));
    }
}
