package dev.kvstore.bucket4j;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys of buckets that do not show the address, user or header they are for: a keyed hash (HMAC). Its secret is made
 * once, and is in the store, so that all processes make the same keys.
 */
final class ClientKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SECRET = "hash-secret";

    private final KvGroup<byte[]> secrets;
    private volatile @Nullable SecretKeySpec secret;

    ClientKeys(KvGroup<byte[]> secrets) {
        this.secrets = secrets;
    }

    String key(RateLimit limit, String client) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret());
            mac.update(limit.settings().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] hash = mac.doFinal(client.getBytes(StandardCharsets.UTF_8));
            return limit.name() + ':' + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    private SecretKeySpec secret() {
        SecretKeySpec known = secret;
        if (known == null) {
            known = new SecretKeySpec(secrets.getOrCompute(SECRET, Expiry.never(), ClientKeys::random), ALGORITHM);
            secret = known;
        }
        return known;
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
