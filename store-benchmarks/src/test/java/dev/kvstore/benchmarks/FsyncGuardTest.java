package dev.kvstore.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FsyncGuardTest {

    private final FsyncGuard guard = new FsyncGuard(Duration.ofNanos(100_000));

    @Test
    void aSetAsLongAsAnFsyncIsPlausible() {
        assertThat(guard.requirePlausible("a store", Duration.ofNanos(90_000))).isEqualTo(Duration.ofNanos(90_000));
    }

    @Test
    void aMuchFasterSetIsRefused() {
        assertThatThrownBy(() -> guard.requirePlausible("a store", Duration.ofNanos(9_000)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a store does not wait for the disk")
                .hasMessageContaining("9 µs")
                .hasMessageContaining("100 µs");
    }
}
