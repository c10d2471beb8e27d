package dev.kvstore.engine;

/**
 * What is known of a live entry without its value.
 *
 * @param version of the last write
 * @param expiresAt in milliseconds since the epoch; {@link StoredEntry#NEVER} if the entry does not expire
 */
public record EntryState(long version, long expiresAt) {}
