package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;

class JsonAttributeCodecTest {

    private static final ClassLoader LOADER = Cart.class.getClassLoader();
    private static final List<String> PACKAGES = List.of("dev.kvstore.session");

    private static JsonAttributeCodec codec(boolean withSpringSecurity) {
        return new JsonAttributeCodec(
                withSpringSecurity ? LOADER : new FilteredClassLoader("org.springframework.security"), PACKAGES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesOfTheApplicationAndOfTheJdkAreReadAsTheyWereWritten(boolean withSpringSecurity) {
        JsonAttributeCodec codec = codec(withSpringSecurity);
        for (Object value : List.of(
                "text",
                1,
                2L,
                2.5,
                true,
                Instant.EPOCH,
                Duration.ofMinutes(5),
                new Cart(List.of("tea", "milk")),
                new ArrayList<>(List.of("a", 1L)),
                new HashMap<>(Map.of("cart", new Cart(List.of("tea")))))) {
            assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
        }
    }

    @Test
    void aLoginIsReadAsItWasWritten() {
        User user = new User("ada", "{noop}password", AuthorityUtils.createAuthorityList("ROLE_USER"));
        SecurityContextImpl login = new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
        JsonAttributeCodec codec = codec(true);

        assertThat(codec.decode(codec.encode(login))).isEqualTo(login);
    }

    @Test
    void whatIsStoredIsJson() {
        assertThat(new String(codec(false).encode(new Cart(List.of("tea"))), StandardCharsets.UTF_8))
                .isEqualTo("[\"dev.kvstore.session.Cart\",{\"items\":"
                        + "[\"java.util.ImmutableCollections$List12\",[\"tea\"]]}]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClassOfNobodyIsNotRead(boolean withSpringSecurity) {
        JsonAttributeCodec codec = codec(withSpringSecurity);
        byte[] bytes = codec.encode(new Foreign[] {new Foreign(URI.create("http://example.org"))});
        byte[] other = new String(bytes, StandardCharsets.UTF_8)
                .replace("dev.kvstore.session.", "org.example.")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> codec.decode(other)).isInstanceOf(RuntimeException.class);
    }

    record Foreign(URI address) {}
}
