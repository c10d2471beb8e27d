package dev.kvstore.sample;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that another web site sends to this application through the user's browser.
 *
 * <p>Such a site can post a form to 127.0.0.1, which the browser marks with its origin; and it can give its own name
 * the address 127.0.0.1 (DNS rebinding), which shows in the Host header. Clients other than browsers send no such
 * marks.
 */
@Component
class SameOriginFilter extends OncePerRequestFilter {

    private static final Set<String> OUR_HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> READS = Set.of("GET", "HEAD");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("text/plain");
            response.getWriter().println(refusal);
        }
    }

    private static @Nullable String refusal(HttpServletRequest request) {
        if (!OUR_HOSTS.contains(request.getServerName())) {
            return "Refused: this application accepts only the host names 127.0.0.1 and localhost.";
        }
        if (!READS.contains(request.getMethod()) && isFromAnotherSite(request)) {
            return "Refused: the request comes from another site.";
        }
        return null;
    }

    private static boolean isFromAnotherSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        String ours = request.getScheme() + "://" + request.getHeader("Host");
        return (site != null && !site.equals("same-origin")) || (origin != null && !origin.equals(ours));
    }
}
