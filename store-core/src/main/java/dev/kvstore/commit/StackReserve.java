package dev.kvstore.commit;

/**
 * Makes a thread whose stack is nearly used up overflow here, before it holds a lock or other threads wait for it.
 *
 * <p>Counted in bytes, not in calls: a compiled frame without variables takes 16 bytes, so that a hundred calls
 * reserved less than 2 KB. Here each call needs its 60 parameters after the call that it makes, so they stay on the
 * stack whatever the compiler does: at least 480 bytes a frame; 1,053 compiled and 1,085 interpreted were measured
 * (Java 17, x86-64). Sixteen of them, 17 KB, take no longer than a hundred small ones: a microsecond.
 *
 * <p>The code that must not overflow is the end of {@link CommitQueue#lead}, which hands over to the next leader, with
 * the changes of its lists: a few calls of Java, at most ten frames below the one that took the reserve.
 */
public final class StackReserve {

    private static final int FRAMES = 16;

    /** No thread waits for a read, which must unlock its connection and mark it for replacement. */
    private static final int FRAMES_TO_READ = 2;

    private StackReserve() {}

    /** Before a thread does something that others wait for, such as leading. */
    public static void require() {
        require(FRAMES);
    }

    /** Before a thread takes a connection that reads; costs an eighth. */
    public static void requireToRead() {
        require(FRAMES_TO_READ);
    }

    private static void require(int frames) {
        descend(
                frames, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
                27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
                53, 54, 55, 56, 57, 58, 59, 60);
    }

    // Each call passes its parameters on in another order and uses them all afterwards, so that none can be left out.
    private static long descend(
            int frames,
            long a1,
            long a2,
            long a3,
            long a4,
            long a5,
            long a6,
            long a7,
            long a8,
            long a9,
            long a10,
            long a11,
            long a12,
            long a13,
            long a14,
            long a15,
            long a16,
            long a17,
            long a18,
            long a19,
            long a20,
            long a21,
            long a22,
            long a23,
            long a24,
            long a25,
            long a26,
            long a27,
            long a28,
            long a29,
            long a30,
            long a31,
            long a32,
            long a33,
            long a34,
            long a35,
            long a36,
            long a37,
            long a38,
            long a39,
            long a40,
            long a41,
            long a42,
            long a43,
            long a44,
            long a45,
            long a46,
            long a47,
            long a48,
            long a49,
            long a50,
            long a51,
            long a52,
            long a53,
            long a54,
            long a55,
            long a56,
            long a57,
            long a58,
            long a59,
            long a60) {
        if (frames == 0) {
            return a1;
        }
        long below = descend(
                frames - 1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8,
                a9,
                a10,
                a11,
                a12,
                a13,
                a14,
                a15,
                a16,
                a17,
                a18,
                a19,
                a20,
                a21,
                a22,
                a23,
                a24,
                a25,
                a26,
                a27,
                a28,
                a29,
                a30,
                a31,
                a32,
                a33,
                a34,
                a35,
                a36,
                a37,
                a38,
                a39,
                a40,
                a41,
                a42,
                a43,
                a44,
                a45,
                a46,
                a47,
                a48,
                a49,
                a50,
                a51,
                a52,
                a53,
                a54,
                a55,
                a56,
                a57,
                a58,
                a59,
                a60,
                a1);
        return below
                + (a1 ^ a2 ^ a3 ^ a4 ^ a5 ^ a6 ^ a7 ^ a8 ^ a9 ^ a10 ^ a11 ^ a12 ^ a13 ^ a14 ^ a15 ^ a16 ^ a17 ^ a18
                        ^ a19 ^ a20 ^ a21 ^ a22 ^ a23 ^ a24 ^ a25 ^ a26 ^ a27 ^ a28 ^ a29 ^ a30 ^ a31 ^ a32 ^ a33 ^ a34
                        ^ a35 ^ a36 ^ a37 ^ a38 ^ a39 ^ a40 ^ a41 ^ a42 ^ a43 ^ a44 ^ a45 ^ a46 ^ a47 ^ a48 ^ a49 ^ a50
                        ^ a51 ^ a52 ^ a53 ^ a54 ^ a55 ^ a56 ^ a57 ^ a58 ^ a59 ^ a60);
    }
}
