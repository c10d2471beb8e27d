package dev.kvstore.session.example;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser, whose cookies do not depend on the port. */
final class Browser {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(port, path))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> logIn(int port, String user, String password) throws IOException, InterruptedException {
        return post(port, "/login", "username=" + user + "&password=" + password + "&_csrf=" + csrf(port, "/login"));
    }

    HttpResponse<String> logOut(int port) throws IOException, InterruptedException {
        return post(port, "/logout", "_csrf=" + csrf(port, "/logout"));
    }

    private HttpResponse<String> post(int port, String path, String form) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(port, path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private String csrf(int port, String page) throws IOException, InterruptedException {
        Matcher token = CSRF.matcher(get(port, page).body());
        if (!token.find()) {
            throw new IOException("no form in " + page);
        }
        return URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
    }

    String sessionCookie() {
        List<String> values = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SESSION"))
                .map(HttpCookie::getValue)
                .toList();
        return values.size() == 1 ? values.get(0) : "";
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
