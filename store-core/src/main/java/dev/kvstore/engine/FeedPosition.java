package dev.kvstore.engine;

/**
 * A place in the log of changes.
 *
 * @param feed which log: each time that the first subscriber comes, another one begins; 0 for none
 * @param position of a change, or of the last change before the log began
 */
public record FeedPosition(long feed, long position) {}
