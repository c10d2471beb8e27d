package dev.kvstore.starter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The recipes of CONTRIBUTING.md name files that exist. */
class RecipesTest {

    private final Page recipes = new Page(
            Page.read("CONTRIBUTING.md").matches("(?s)\n## Recipes\n(.*?)\n## ").get(0));

    @Test
    void everyClassOfTheRecipesIsAFile() throws Exception {
        List<String> classes = recipes.matches("`([A-Z][A-Za-z0-9]+)`");

        assertThat(classes).contains("Dialect", "KvStoreContract");
        Set<String> sources = sources();
        assertThat(classes).allMatch(name -> sources.contains(name + ".java"), "is a file of that name");
    }

    @Test
    void everyPathOfTheRecipesExists() {
        List<String> paths =
                recipes.matches("`((?:\\w[\\w.-]*/)[\\w./-]+|[\\w-]+\\.(?:md|xml)|store-[\\w-]+|\\.ci/run)`");

        assertThat(paths).contains("pom.xml", "store-bom/pom.xml", ".ci/run", "store-contract");
        assertThat(paths).allSatisfy(path -> assertThat(Path.of("..", path)).exists());
    }

    private static Set<String> sources() throws IOException {
        Set<String> names = new HashSet<>();
        Files.walkFileTree(Path.of(".."), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                return name.equals("target") || name.equals(".git")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                names.add(file.getFileName().toString());
                return FileVisitResult.CONTINUE;
            }
        });
        return names;
    }
}
