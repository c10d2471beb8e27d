package dev.kvstore.bucket4j;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Names of clients by which requests are counted; each kind has a prefix of its own. */
final class ClientNames {

    private ClientNames() {}

    static @Nullable String principal(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : "principal " + principal.getName();
    }

    static @Nullable String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return StringUtils.hasText(value) ? "header " + value : null;
    }

    /**
     * The address that the container reports: of the proxy, unless the container was configured to trust its headers.
     * Of IPv6 the first 64 bits, because a client can choose the others.
     */
    static String address(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        if (address == null || address.indexOf(':') < 0) {
            return "address " + address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address); // A literal with a colon is never looked up.
            return parsed instanceof Inet6Address
                    ? "network " + HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
                    : "address " + parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return "address " + address;
        }
    }
}
