package dev.kvstore.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The form in which session ids and names of users appear in keys. The store names keys in its exceptions, changes and
 * endpoints, and whoever knows the id of a session can take it over.
 */
final class Digest {

    private Digest() {}

    /** SHA-256 of a text, as 43 letters, digits, hyphens and underscores. */
    static String of(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
