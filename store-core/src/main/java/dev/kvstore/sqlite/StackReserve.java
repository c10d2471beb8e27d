package dev.kvstore.sqlite;

/**
 * Lets a thread whose stack is nearly used up overflow it before it holds anything, rather than while it holds a lock, or
 * while others wait for it to hand over.
 */
final class StackReserve {

    private static final int FRAMES = 100;

    private StackReserve() {}

    static void require() {
        if (descend(FRAMES) != FRAMES) {
            throw new AssertionError();
        }
    }

    private static int descend(int frames) {
        return frames == 0 ? 0 : 1 + descend(frames - 1);
    }
}
