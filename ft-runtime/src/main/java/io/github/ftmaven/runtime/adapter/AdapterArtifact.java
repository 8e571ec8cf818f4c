package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A packaged adapter: a jar whose {@code META-INF/lora/<groupId>/<artifactId>/} holds the files. */
public final class AdapterArtifact {
    /** A file of an adapter; it lies in the directory itself, so that its name alone decides where it is unpacked. */
    private static final Pattern ENTRY = Pattern.compile("META-INF/lora/([^/\\\\]+)/([^/\\\\]+)/([^/\\\\]+)");

    private AdapterArtifact() {}

    /**
     * Unpacks the one adapter a jar holds.
     *
     * @param display the jar as the user would write its path
     * @param directory where its files go, flat; made if it is not there
     * @throws InvalidInputException if the jar cannot be read as one, or does not hold exactly one adapter
     */
    public static void unpack(Path jar, String display, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<ZipEntry> entries = new ArrayList<>();
            TreeSet<String> adapters = new TreeSet<>();
            for (ZipEntry entry : zip.stream().toList()) {
                Matcher name = ENTRY.matcher(entry.getName());
                if (name.matches()) {
                    entries.add(entry);
                    adapters.add(name.group(1) + ":" + name.group(2));
                }
            }
            if (adapters.size() != 1) {
                throw new InvalidInputException(display + ": must hold one adapter under META-INF/lora/, but holds "
                        + (adapters.isEmpty() ? "none." : String.join(" and ", adapters) + "."));
            }
            Files.createDirectories(directory);
            for (ZipEntry entry : entries) {
                unpack(zip, entry, display, directory);
            }
        } catch (ZipException e) {
            throw new InvalidInputException(display + ": not a jar: " + e.getMessage() + ".", e);
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, String display, Path directory) throws IOException {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (name.equals("..") || name.equals(".")) {
            throw new InvalidInputException(display + ": the entry " + entry.getName() + " is not a file's name.");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
