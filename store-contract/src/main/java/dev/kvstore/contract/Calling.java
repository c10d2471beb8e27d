package dev.kvstore.contract;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A method of the API, called with valid arguments but for one that a test chooses.
 *
 * @param <T> what has the method
 * @param <A> the argument that the test chooses
 */
record Calling<T, A>(String name, BiConsumer<T, A> call) {

    void on(T target, A argument) {
        call.accept(target, argument);
    }

    /** The same method, always called with this argument. */
    <B> Calling<T, B> with(A argument) {
        return new Calling<>(name, (target, other) -> on(target, argument));
    }

    /** Tests each of some methods. */
    static <T, A> Stream<DynamicTest> each(Stream<Calling<T, A>> calls, Consumer<Calling<T, A>> test) {
        return calls.map(call -> DynamicTest.dynamicTest(call.name(), () -> test.accept(call)));
    }
}
