package dev.kvstore;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** String constants that name what their layer must not know. */
@NullUnmarked
final class ForeignWords extends ClassVisitor {

    /** A database or a file of one. */
    static final Pattern OF_DATABASES = Pattern.compile(
            "sqlite|postgres|-wal\\b|-shm\\b|\\bpragma\\b|\\browid\\b|\\bkv_\\w+", Pattern.CASE_INSENSITIVE);

    /** A property of Spring Boot: neither a package nor the file that messages suggest. */
    static final Pattern OF_PROPERTIES = Pattern.compile("(?<!dev\\.)\\bkvstore\\.(?!db\\b)");

    private final Pattern foreign;
    private final String type;
    private final Set<String> found = new TreeSet<>();

    private ForeignWords(Pattern foreign, String type) {
        super(Opcodes.ASM9);
        this.foreign = foreign;
        this.type = type;
    }

    static Set<String> in(Iterable<JavaClass> classes, Pattern foreign) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            ForeignWords words = new ForeignWords(foreign, type.getName());
            try (InputStream file =
                    type.getSource().orElseThrow().getUri().toURL().openStream()) {
                new ClassReader(file).accept(words, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            found.addAll(words.found);
        }
        return found;
    }

    private void check(Object constant) {
        if (constant instanceof String text && foreign.matcher(text).find()) {
            found.add(type + ": " + text);
        }
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        check(value);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitLdcInsn(Object value) {
                check(value);
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                for (Object argument : arguments) {
                    check(argument);
                }
            }
        };
    }
}
