package dev.kvstore;

/**
 * What a write survives once its method has returned. {@link #FULL} is the default; {@link #NORMAL} is for entries
 * whose loss in a power cut is acceptable, such as sessions:
 *
 * <pre>{@code
 * SqliteKvStore sessions = SqliteKvStore.builder()
 *         .file(Path.of("data/sessions.db"))
 *         .durability(Durability.NORMAL)
 *         .build();
 * }</pre>
 *
 * @since 0.1
 */
public enum Durability {

    /** The write survives the end of the process and a power cut: it was synced to the disk. */
    FULL,

    /**
     * The write survives the end of the process, including {@code kill -9}. A power cut or a crash of the operating
     * system may undo the last writes, but never only part of a write.
     */
    NORMAL
}
