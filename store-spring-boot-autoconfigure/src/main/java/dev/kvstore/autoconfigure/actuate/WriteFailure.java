package dev.kvstore.autoconfigure.actuate;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;

/**
 * A failed write, in words that contain no group, key or value: health is often visible to more people than the log.
 *
 * @param at when it failed
 * @param words why
 */
record WriteFailure(Instant at, String words) {

    private static final Pattern CODE = Pattern.compile("\\[(SQLITE_[A-Z_]+)]");

    /** By the beginning of the code of SQLite, or of the state of SQL; the first that fits. */
    private static final List<Map.Entry<String, String>> REASONS = List.of(
            Map.entry("SQLITE_FULL", "the disk is full"),
            Map.entry("SQLITE_IOERR", "the disk fails"),
            Map.entry("SQLITE_READONLY", "the file cannot be written"),
            Map.entry("SQLITE_CANTOPEN", "the file cannot be opened"),
            Map.entry("SQLITE_BUSY", "another process holds the lock of the file"),
            Map.entry("SQLITE_CORRUPT", "the file is damaged"),
            Map.entry("SQLITE_NOTADB", "the file is damaged"),
            Map.entry("08", "the server cannot be reached"),
            Map.entry("25006", "the server accepts no writes"),
            Map.entry("53100", "the disk of the server is full"),
            Map.entry("57P", "the server is shutting down"));

    static String inWords(Throwable failure) {
        String code = code(failure);
        String type = failure.getClass().getSimpleName();
        if (code == null) {
            return failure instanceof CannotAcquireLockException ? "another writer holds the lock" : type;
        }
        return REASONS.stream()
                .filter(reason -> code.startsWith(reason.getKey()))
                .map(reason -> reason.getValue() + " (" + code + ")")
                .findFirst()
                .orElse(type + " (" + code + ")");
    }

    private static @Nullable String code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                Matcher code = CODE.matcher(String.valueOf(e.getMessage()));
                return code.find() ? code.group(1) : e.getSQLState();
            }
        }
        return null;
    }
}
