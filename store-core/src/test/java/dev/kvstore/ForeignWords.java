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

/** String constants that name a database, a file of one, or a property of Spring Boot. */
@NullUnmarked
final class ForeignWords extends ClassVisitor {

    private static final Pattern FOREIGN = Pattern.compile(
            "sqlite|postgres|-wal\\b|-shm\\b|\\bpragma\\b|\\browid\\b|\\bkv_\\w+", Pattern.CASE_INSENSITIVE);

    private final String type;
    private final Set<String> found = new TreeSet<>();

    private ForeignWords(String type) {
        super(Opcodes.ASM9);
        this.type = type;
    }

    static Set<String> in(Iterable<JavaClass> classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            ForeignWords words = new ForeignWords(type.getName());
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
        if (constant instanceof String text && FOREIGN.matcher(text).find()) {
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
