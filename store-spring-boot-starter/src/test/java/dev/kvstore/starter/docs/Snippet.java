package dev.kvstore.starter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java code of a page or a javadoc comment, compiled with the imports that a reader's IDE would add. */
final class Snippet {

    private static final String IMPORTS = """
            import static org.assertj.core.api.Assertions.*;
            import dev.kvstore.*;
            import dev.kvstore.autoconfigure.*;
            import dev.kvstore.contract.*;
            import dev.kvstore.postgresql.*;
            import dev.kvstore.sqlite.*;
            import dev.kvstore.test.*;
            import dev.kvstore.test.autoconfigure.*;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.*;
            import org.junit.jupiter.api.*;
            import org.junit.jupiter.api.extension.*;
            import org.springframework.beans.factory.annotation.*;
            import org.springframework.boot.context.properties.bind.Binder;
            import org.springframework.boot.test.context.*;
            import org.springframework.boot.webmvc.test.autoconfigure.*;
            import org.springframework.context.annotation.*;
            import org.springframework.core.env.StandardEnvironment;
            import org.springframework.jdbc.core.*;
            import org.springframework.stereotype.*;
            import org.springframework.util.unit.*;
            """;

    private Snippet() {}

    /** Compiles and loads a class of the default package. */
    static Class<?> compile(String name, String source, Path directory) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", directory.toString(), "-classpath", System.getProperty("java.class.path"));
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return IMPORTS + source;
                    }
                };
        assertThat(compiler.getTask(messages, null, null, options, null, List.of(file))
                        .call())
                .as(messages.toString())
                .isTrue();
        URL[] place = {directory.toUri().toURL()};
        return new URLClassLoader(place, Snippet.class.getClassLoader()).loadClass(name);
    }
}
