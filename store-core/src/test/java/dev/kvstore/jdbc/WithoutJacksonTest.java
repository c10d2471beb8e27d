package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvCodec;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.io.File;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ParameterizedTypeReference;

/** Jackson is optional: all but JSON works without it. */
class WithoutJacksonTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                JacksonIsMissing.class,
                CodecsOfTheirOwnWork.class,
                JsonNamesTheDependency.class,
                TheFaceCanBeReflectedOn.class,
                ACodecCanBeABean.class
            })
    void itWorks(Class<? extends Runnable> program) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Object isolated =
                    loader.loadClass(program.getName()).getDeclaredConstructor().newInstance();

            ((Runnable) isolated).run();
        }
    }

    private static URL[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.getFileName().toString().startsWith("jackson-"))
                .map(WithoutJacksonTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static final class JacksonIsMissing implements Runnable {
        @Override
        public void run() {
            assertThatThrownBy(() -> Class.forName("tools.jackson.databind.json.JsonMapper"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    public static final class CodecsOfTheirOwnWork implements Runnable {
        @Override
        public void run() {
            for (Class<?> type :
                    List.of(String.class, byte[].class, int.class, Long.class, UUID.class, Thread.State.class)) {
                assertThat(Codecs.own().of(type).codec()).isNotNull();
            }
        }
    }

    public static final class JsonNamesTheDependency implements Runnable {
        @Override
        public void run() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Codecs.own().of(Path.class))
                    .withMessageContainingAll("java.nio.file.Path", "tools.jackson.core:jackson-databind");
            assertThatIllegalStateException()
                    .isThrownBy(() -> Codecs.own().of(new ParameterizedTypeReference<List<String>>() {}))
                    .withMessageContainingAll("java.util.List<java.lang.String>", "jackson-databind");
        }
    }

    public static final class TheFaceCanBeReflectedOn implements Runnable {
        @Override
        public void run() {
            for (Class<?> face : List.of(KvStore.class, KvGroup.class, KvCodec.class)) {
                assertThat(face.getMethods()).isNotEmpty();
                assertThat(face.getDeclaredMethods()).isNotEmpty();
            }
            Object proxy = Proxy.newProxyInstance(
                    KvStore.class.getClassLoader(), new Class<?>[] {KvStore.class}, (self, method, arguments) -> null);
            assertThat(proxy).isInstanceOf(KvStore.class);
        }
    }

    public static final class ACodecCanBeABean implements Runnable {
        @Override
        public void run() {
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
                context.registerBean("pathCodec", KvCodec.class, () -> KvCodec.text(Path::toString, Path::of));
                context.refresh();

                assertThat(context.getBean(KvCodec.class)).isNotNull();
            }
        }
    }
}
