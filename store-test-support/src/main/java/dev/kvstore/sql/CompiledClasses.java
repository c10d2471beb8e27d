package dev.kvstore.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Compiled classes whose SQL is checked. */
public final class CompiledClasses {

    private final List<ClassNode> types;

    private CompiledClasses(Stream<byte[]> files) {
        types = files.map(CompiledClasses::parse).toList();
    }

    /** All classes in the directory or jar of the given class. */
    public static CompiledClasses besides(Class<?> one) {
        try {
            Path place = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return in(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return in(jar.getPath("/"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CompiledClasses of(Class<?>... types) {
        return new CompiledClasses(Stream.of(types).map(CompiledClasses::read));
    }

    private static CompiledClasses in(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return new CompiledClasses(
                    files.filter(file -> file.toString().endsWith(".class")).map(CompiledClasses::read));
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Class<?> type) {
        String name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream stream = type.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException(name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassNode parse(byte[] file) {
        ClassNode type = new ClassNode();
        new ClassReader(file).accept(type, ClassReader.SKIP_DEBUG);
        return type;
    }

    public List<String> names() {
        return types.stream().map(type -> type.name).toList();
    }

    /**
     * Returns the code locations that build SQL from anything but constants.
     *
     * @param forwarders simple names of classes that only pass on SQL that JDBC hands to them
     */
    public Set<String> otherThanConstantsAsSql(Set<String> forwarders) {
        return SqlOrigins.otherThanConstants(types, forwarders);
    }
}
