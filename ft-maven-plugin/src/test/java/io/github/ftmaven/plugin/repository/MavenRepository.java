package io.github.ftmaven.plugin.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A remote repository as a directory, in Maven's layout. */
final class MavenRepository {
    private final Path directory;
    private final List<String> versions = new ArrayList<>();

    MavenRepository(Path directory) {
        this.directory = directory;
    }

    /** Deploys {@code it:adapter} with a text for its jar. */
    MavenRepository release(String version, String classifier, String content) throws Exception {
        String suffix = classifier.isEmpty() ? "" : "-" + classifier;
        write(version + "/adapter-" + version + suffix + ".jar", content);
        return list(version);
    }

    /** Lists a version without giving it a jar. */
    MavenRepository list(String version) throws Exception {
        versions.add(version);
        StringBuilder metadata = new StringBuilder("<metadata><groupId>it</groupId><artifactId>adapter</artifactId>")
                .append("<versioning><versions>");
        versions.forEach(each -> metadata.append("<version>").append(each).append("</version>"));
        write("maven-metadata.xml", metadata + "</versions></versioning></metadata>");
        return this;
    }

    /** Changes a file and leaves its checksum as it was. */
    void corrupt(String name) throws IOException {
        Path file = file(name);
        Files.writeString(file, Files.readString(file) + " ");
    }

    Path file(String name) {
        return directory.resolve("it/adapter").resolve(name);
    }

    /** Writes a file and its checksum. */
    void write(String name, String content) throws IOException, GeneralSecurityException {
        Path file = file(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(content.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                file.resolveSibling(file.getFileName() + ".sha1"),
                HexFormat.of().formatHex(digest));
    }
}
