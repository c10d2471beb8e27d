package dev.kvstore.sqlite;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stores in a class loader of their own, as in a web application; it shares only the JDK with this one. */
final class IsolatedStores implements AutoCloseable {

    private static final Predicate<Path> STORE =
            entry -> Files.exists(entry.resolve("dev/kvstore/sqlite/SqliteKvStore.class"));

    private final URLClassLoader loader;

    private IsolatedStores(URLClassLoader loader) {
        this.loader = loader;
    }

    /** Stores with a driver of their own. */
    static IsolatedStores withDriver() {
        return new IsolatedStores(new URLClassLoader(classPath(entry -> true), ClassLoader.getPlatformClassLoader()));
    }

    /** The libraries that several applications of one server share: all but the classes of the store. */
    static URLClassLoader sharedLibraries() {
        return new URLClassLoader(classPath(STORE.negate()), ClassLoader.getPlatformClassLoader());
    }

    /** Stores with the driver of a server. */
    static IsolatedStores below(URLClassLoader server) {
        return new IsolatedStores(new URLClassLoader(classPath(STORE), server));
    }

    private static URL[] classPath(Predicate<Path> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(wanted)
                .map(IsolatedStores::url)
                .toArray(URL[]::new);
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    Store open(Path file) throws Throwable {
        return new Store((AutoCloseable) call(type("SqliteKvStore").getMethod("open", Path.class), null, file));
    }

    Store openWithNearCache(Path file) throws Throwable {
        Object builder = call(type("SqliteKvStore").getMethod("builder"), null);
        Class<?> size = loader.loadClass("org.springframework.util.unit.DataSize");
        call(builder.getClass().getMethod("file", Path.class), builder, file);
        call(
                builder.getClass().getMethod("nearCache", size),
                builder,
                call(size.getMethod("ofMegabytes", long.class), null, 1L));
        return new Store((AutoCloseable) call(builder.getClass().getMethod("build"), builder));
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return loader.loadClass("dev.kvstore.sqlite." + name);
    }

    private static Object call(Method method, @Nullable Object target, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    /** A store that is called by reflection, because its class is from another class loader. */
    record Store(AutoCloseable store) implements AutoCloseable {

        void set(String key, String value) throws Throwable {
            Class<?>[] texts = {String.class, String.class, String.class};
            call(store.getClass().getMethod("set", texts), store, "group", key, value);
        }

        Object get(String key) throws Throwable {
            return call(store.getClass().getMethod("get", String.class, String.class), store, "group", key);
        }

        @Override
        public void close() {
            try {
                store.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
