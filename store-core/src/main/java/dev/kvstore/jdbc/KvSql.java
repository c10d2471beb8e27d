package dev.kvstore.jdbc;

/**
 * The statements of a store in the SQL of one engine. An entry is live when it has no {@code expires_at}, or one later
 * than {@code now}; both are milliseconds since the epoch.
 *
 * @param get the value of a live entry: group, key, now
 * @param stored value and expires_at of an entry, live or not: group, key
 * @param set inserts or replaces an entry: group, key, value, expires_at or null
 * @param setLarge the same for a value of more than {@code largestInline} bytes
 * @param largestInline the length in UTF-8 bytes up to which {@code set} is for a value
 * @param delete deletes an entry and returns one row, whether it was live: group, key, now
 * @param count how many live entries a group has: group, now
 * @param getAll the live entries of a group
 * @param deleteGroup deletes all entries of a group: group
 * @param purge deletes some entries that are not live: now, how many at the most
 */
public record KvSql(
        String get,
        String stored,
        String set,
        String setLarge,
        long largestInline,
        String delete,
        String count,
        GroupQuery getAll,
        String deleteGroup,
        String purge) {

    String set(long valueSize) {
        return valueSize > largestInline ? setLarge : set;
    }
}
