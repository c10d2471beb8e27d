package dev.kvstore.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Loads another copy of the classes of this package, and counts the calls of their methods, such as a comparison of two
 * names or a visit to an entry. This measures how work grows without a clock.
 */
public final class CountedCalls extends ClassLoader {

    private static final AtomicLong COUNT = new AtomicLong();

    private final String prefix = getClass().getPackageName() + ".";

    CountedCalls() {
        super(CountedCalls.class.getClassLoader());
    }

    /** Each method of the loaded classes calls this first. */
    public static void count() {
        COUNT.incrementAndGet();
    }

    /** Returns how many calls a piece of work makes. */
    public static long of(Runnable work) {
        long before = COUNT.get();
        work.run();
        return COUNT.get() - before;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(prefix) || name.equals(CountedCalls.class.getName())) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            ClassWriter counting = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            new ClassReader(file).accept(new Counting(counting), 0);
            byte[] bytes = counting.toByteArray();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class Counting extends ClassVisitor {

        Counting(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                @Override
                public void visitCode() {
                    super.visitCode();
                    String counter = Type.getInternalName(CountedCalls.class);
                    visitMethodInsn(Opcodes.INVOKESTATIC, counter, "count", "()V", false);
                }
            };
        }
    }
}
