package dev.kvstore.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A random text that its holder presents, and that is never stored: neither it nor what belongs to it can be read from
 * the store or a backup. Its entry has a digest as key, and a value that is encrypted with a key derived from the
 * secret, by AES in Galois/Counter Mode. A salt would not help, as there are too many random secrets to guess.
 */
final class Secret {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12; // https://csrc.nist.gov/pubs/sp/800/38/d/final, 8.2
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final String text;

    Secret(String text) {
        this.text = text;
    }

    /** The key of the entry. */
    String key() {
        return encoded(mac("key"));
    }

    /** The digest of a name that is not random: it hides the name from readers of logs, not from those who guess. */
    static String digestOf(String name) {
        return new Secret(name).key();
    }

    /** Encrypts a text that only who presents this secret can decrypt. */
    String seal(String plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = Arrays.copyOf(nonce, nonce.length + encrypted.length);
            System.arraycopy(encrypted, 0, sealed, nonce.length, encrypted.length);
            return encoded(sealed);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** Decrypts; empty if the text was not sealed with this secret. */
    Optional<String> open(String sealed) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed);
            if (bytes.length < NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES))
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return Optional.of(new String(plain, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(mac("value"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    /** One secret for two purposes: neither result tells anything about the other. */
    private byte[] mac(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(("kvstore" + text).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static IllegalStateException missing(GeneralSecurityException cause) {
        return new IllegalStateException("Every Java platform has HmacSHA256 and AES/GCM", cause);
    }
}
