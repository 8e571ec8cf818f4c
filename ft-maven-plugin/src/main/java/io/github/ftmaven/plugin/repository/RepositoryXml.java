package io.github.ftmaven.plugin.repository;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * XML from a repository. The resolver accepts any well-formed XML as metadata, even a login page, and finds no version
 * in it.
 */
final class RepositoryXml {
    private RepositoryXml() {}

    /**
     * The versions that {@code maven-metadata.xml} lists.
     *
     * @throws IOException with the reason if it is not the metadata of this artifact
     */
    static Set<String> versions(Path file, String groupId, String artifactId) throws IOException {
        Element root = root(file);
        if (!root.getTagName().equals("metadata")) {
            throw new IOException(
                    "it is not Maven metadata but begins with <" + root.getTagName() + ">, like a login page");
        }
        require(root, "groupId", groupId);
        require(root, "artifactId", artifactId);
        Set<String> versions = new TreeSet<>();
        for (Element versioning : children(root, "versioning")) {
            for (Element list : children(versioning, "versions")) {
                children(list, "version")
                        .forEach(
                                version -> versions.add(version.getTextContent().strip()));
            }
        }
        versions.remove("");
        if (versions.isEmpty()) {
            throw new IOException("it lists no version");
        }
        return versions;
    }

    /** The relocation that a POM declares for its artifact. */
    static Optional<String> relocation(Path pom, String groupId, String artifactId, String version) throws IOException {
        for (Element distribution : children(root(pom), "distributionManagement")) {
            for (Element to : children(distribution, "relocation")) {
                return Optional.of(text(to, "groupId").orElse(groupId) + ":"
                        + text(to, "artifactId").orElse(artifactId) + ":"
                        + text(to, "version").orElse(version));
            }
        }
        return Optional.empty();
    }

    private static void require(Element root, String name, String value) throws IOException {
        Optional<String> found = text(root, name);
        if (found.isPresent() && !found.get().equals(value)) {
            throw new IOException("it is about the " + name + " " + found.get());
        }
    }

    private static Optional<String> text(Element parent, String name) {
        return children(parent, name).stream()
                .map(child -> child.getTextContent().strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static Element root(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Without a handler, the parser prints to standard error.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .getDocumentElement();
        } catch (SAXException e) {
            throw new IOException("it is not XML: " + e.getMessage(), e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java runtime reads XML", e);
        }
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
