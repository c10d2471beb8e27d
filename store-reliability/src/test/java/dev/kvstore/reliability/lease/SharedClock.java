package dev.kvstore.reliability.lease;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that several processes read from one file, and that one of them moves. */
final class SharedClock implements InstantSource {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final VarHandle MILLIS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer millis;

    private SharedClock(ByteBuffer millis) {
        this.millis = millis;
    }

    /** Opens the clock of a file; a new one starts at a fixed time. */
    static SharedClock open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new SharedClock(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
        }
    }

    @Override
    public Instant instant() {
        return START.plusMillis((long) MILLIS.getVolatile(millis, 0));
    }

    void move(Duration by) {
        MILLIS.getAndAdd(millis, 0, by.toMillis());
    }
}
