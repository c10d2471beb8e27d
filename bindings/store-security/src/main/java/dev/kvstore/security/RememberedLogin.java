package dev.kvstore.security;

import java.time.Instant;
import java.util.Date;
import org.springframework.security.web.authentication.rememberme.PersistentRememberMeToken;

/** A remember-me token as text, before it is encrypted. */
final class RememberedLogin {

    private RememberedLogin() {}

    static String toText(PersistentRememberMeToken token) {
        String value = token.getTokenValue();
        return token.getDate().toInstant().toEpochMilli() + ":" + value.length() + ":" + value + token.getUsername();
    }

    static PersistentRememberMeToken fromText(String series, String text) {
        int endOfDate = text.indexOf(':');
        int endOfLength = text.indexOf(':', endOfDate + 1);
        int length = Integer.parseInt(text, endOfDate + 1, endOfLength, 10);
        String rest = text.substring(endOfLength + 1);
        return new PersistentRememberMeToken(
                rest.substring(length),
                series,
                rest.substring(0, length),
                Date.from(Instant.ofEpochMilli(Long.parseLong(text, 0, endOfDate, 10))));
    }
}
