package dev.kvstore.starter.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import dev.kvstore.starter.Pom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A public type of the API and its javadoc, read from the source.
 *
 * @param name the name of the type, for a nested type preceded by the name of the type that contains it
 */
record PublicType(String name, String javadoc) {

    /** Packages of published jars that are not part of the API; each of them says so in its package-info. */
    private static final Pattern INTERNAL =
            Pattern.compile("dev\\.kvstore\\.(commit|engine|jdbc|migration|template|sqlite\\..+)");

    private static final Pattern SNIPPET = Pattern.compile("<pre>\\{@code\\n(.*?)\\n *}</pre>", Pattern.DOTALL);

    /** Nested types of these kinds appear in the snippet of the type that contains them. */
    private static final Set<Tree.Kind> COVERED_IF_NESTED = Set.of(Tree.Kind.ENUM, Tree.Kind.RECORD);

    /** The public types of all published jars but the bindings, whose snippets need their libraries to compile. */
    static List<PublicType> published() throws Exception {
        List<Path> sources = new ArrayList<>();
        for (Pom module : Pom.publishedJars()) {
            if (!module.isBinding()) {
                sources.addAll(sources(module.directory().resolve("src/main/java")));
            }
        }
        return in(sources);
    }

    private static List<Path> sources(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<PublicType> in(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<PublicType> types = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            Scanner scanner = new Scanner(DocTrees.instance(task), types);
            for (CompilationUnitTree unit : task.parse()) {
                if (!INTERNAL.matcher(unit.getPackageName().toString()).matches()) {
                    scanner.scan(unit, "");
                }
            }
        }
        return types;
    }

    /** The first code block of the javadoc. */
    Optional<String> snippet() {
        Matcher snippet = SNIPPET.matcher(javadoc);
        return snippet.find() ? Optional.of(snippet.group(1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class Scanner extends TreePathScanner<Void, String> {

        private final DocTrees trees;
        private final List<PublicType> types;

        Scanner(DocTrees trees, List<PublicType> types) {
            this.trees = trees;
            this.types = types;
        }

        @Override
        public Void visitClass(ClassTree type, String owner) {
            if (!type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                return null;
            }
            String name = owner + type.getSimpleName();
            if (owner.isEmpty() || !COVERED_IF_NESTED.contains(type.getKind())) {
                types.add(new PublicType(name, Objects.requireNonNullElse(trees.getDocComment(getCurrentPath()), "")));
            }
            return super.visitClass(type, name + ".");
        }
    }
}
