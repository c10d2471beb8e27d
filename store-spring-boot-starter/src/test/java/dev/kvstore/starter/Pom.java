package dev.kvstore.starter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The POM of a module of this build, as it is in the source tree. */
public record Pom(Path directory, Element project) {

    static Pom read(String module) throws Exception {
        Path directory = Path.of("..", module).normalize();
        return new Pom(directory, parse(directory.resolve("pom.xml")));
    }

    /** The BOM as it is deployed. */
    static Pom flattenedBom() throws Exception {
        Path directory = Path.of("../store-bom/target");
        return new Pom(directory, parse(directory.resolve(".flattened-pom.xml")));
    }

    private static Element parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    static Pom ofParent() throws Exception {
        return read("");
    }

    /** The parent and the modules that a release deploys. */
    static List<Pom> published() throws Exception {
        List<Pom> published = new ArrayList<>(List.of(ofParent()));
        for (Pom module : modules()) {
            if (!module.text("properties/maven.deploy.skip").equals("true")) {
                published.add(module);
            }
        }
        return published;
    }

    /** The published modules that have a jar. */
    public static List<Pom> publishedJars() throws Exception {
        return published().stream()
                .filter(pom -> !pom.text("packaging").equals("pom"))
                .toList();
    }

    /** All modules, those of the bindings included. */
    static List<Pom> modules() throws Exception {
        List<Pom> modules = new ArrayList<>();
        addModules(ofParent(), "", modules);
        return modules;
    }

    private static void addModules(Pom parent, String prefix, List<Pom> modules) throws Exception {
        for (Element module : parent.elements("modules/module")) {
            String path = prefix + module.getTextContent().strip();
            Pom pom = read(path);
            modules.add(pom);
            addModules(pom, path + "/", modules);
        }
    }

    /** Whether it is a binding, whose library the starter does not have. */
    public boolean isBinding() {
        return text("parent/artifactId").equals("store-bindings");
    }

    String name() {
        return text("artifactId");
    }

    /** Whether the module's target directory contains this file. */
    boolean hasBuilt(String suffix) {
        return Files.isRegularFile(jar(suffix));
    }

    Path jar(String suffix) {
        String version = text("version").isEmpty() ? text("parent/version") : text("version");
        return directory.resolve("target").resolve(name() + "-" + version + suffix);
    }

    /** The text of the first element on a path, or an empty string. */
    String text(String path) {
        return elements(path).stream()
                .findFirst()
                .map(element -> element.getTextContent().strip())
                .orElse("");
    }

    List<Element> elements(String path) {
        List<Element> found = List.of(project);
        for (String name : path.split("/", -1)) {
            found = found.stream()
                    .flatMap(element -> children(element, name).stream())
                    .toList();
        }
        return found;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}
