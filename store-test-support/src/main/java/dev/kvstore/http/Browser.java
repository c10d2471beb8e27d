package dev.kvstore.http;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser on this machine, whose cookies are for all ports. */
public final class Browser {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final String HOST = "http://127.0.0.1:";

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** Opens a page and returns it. */
    public String get(int port, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(HOST + port + path)));
    }

    /** Opens a page, submits a form of it that is protected by Spring Security, and returns the next page. */
    public String submit(int port, String page, String action, String fields) throws IOException, InterruptedException {
        Matcher token = CSRF.matcher(get(port, page));
        if (!token.find()) {
            throw new IOException("no form in " + page);
        }
        String form = fields + "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(URI.create(HOST + port + action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.header("Accept", "text/html").build(), BodyHandlers.ofString())
                .body();
    }

    /** Returns the value of a cookie; empty if there is none. */
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** Sets the value of a cookie. */
    public void setCookie(String name, String value) {
        forget(name);
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(HOST), cookie);
    }

    /** Forgets a cookie. */
    public void forget(String name) {
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .toList()
                .forEach(cookie -> cookies.getCookieStore()
                        .getURIs()
                        .forEach(uri -> cookies.getCookieStore().remove(uri, cookie)));
    }
}
