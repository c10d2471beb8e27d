package dev.kvstore.session;

/**
 * A session as it was read.
 *
 * @param version of the entry; {@link #UNKNOWN} if it must be read again before the session is replaced
 */
record VersionedSession(StoredSession session, long version) {

    static final long UNKNOWN = -1;

    boolean isVersionKnown() {
        return version != UNKNOWN;
    }
}
