package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InvalidClassException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.BadAttributeValueExpException;
import org.junit.jupiter.api.Test;

class JdkAttributeCodecTest {

    private static final ClassLoader LOADER = Cart.class.getClassLoader();

    private final JdkAttributeCodec codec = new JdkAttributeCodec(LOADER, "");

    @Test
    void valuesOfTheApplicationAndOfTheJdkAreReadAsTheyWereWritten() throws Exception {
        for (Object value : List.of(
                "text",
                1,
                new Cart(List.of("tea")),
                new HashMap<>(Map.of("list", new ArrayList<>(List.of(1L, 2.5)))),
                new String[] {"a", "b"})) {
            assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
        }
    }

    @Test
    void theClassesOfTheBeansAreUsedNotThoseOfTheLibrary() throws Exception {
        URL classes = Cart.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader restarted = new ChildFirst(classes)) {
            Object cart = new JdkAttributeCodec(restarted, "").decode(codec.encode(new Cart(List.of("tea"))));

            assertThat(cart.getClass().getName()).isEqualTo(Cart.class.getName());
            assertThat(cart.getClass().getClassLoader()).isSameAs(restarted);
        }
    }

    @Test
    void theDefaultFilterRefusesClassesThatRunCode() throws Exception {
        byte[] bytes = codec.encode(new BadAttributeValueExpException("text"));

        assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(InvalidClassException.class);
    }

    @Test
    void theDefaultFilterLimitsTheDepth() throws Exception {
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        byte[] bytes = codec.encode(deep);

        assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(InvalidClassException.class);
    }

    @Test
    void aFilterOfTheApplicationReplacesTheDefault() throws Exception {
        JdkAttributeCodec strict = new JdkAttributeCodec(LOADER, "java.base/*;!*");
        byte[] cart = strict.encode(new Cart(List.of("tea")));

        assertThat(strict.decode(strict.encode("text"))).isEqualTo("text");
        assertThatThrownBy(() -> strict.decode(cart)).isInstanceOf(InvalidClassException.class);
    }

    @Test
    void anInvalidFilterIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JdkAttributeCodec(LOADER, "maxdepth=many"));
    }

    /** Loads the application's classes anew, as the restart of DevTools does. */
    private static final class ChildFirst extends URLClassLoader {

        ChildFirst(URL classes) {
            super(new URL[] {classes}, LOADER);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null && name.equals(Cart.class.getName())) {
                loaded = findClass(name);
            }
            return loaded == null ? super.loadClass(name, resolve) : loaded;
        }
    }
}
