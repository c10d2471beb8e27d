package dev.kvstore;

/** What a write survives once its method has returned. */
public enum Durability {

    /** Survives the end of the process and the loss of power: the write was synced to the disk. */
    FULL,

    /**
     * Survives the end of the process, kill -9 included; the loss of power, or a crash of the operating system, may
     * take back the last writes, never a part of one.
     */
    NORMAL
}
