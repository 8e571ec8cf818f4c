package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A packaged adapter, unpacked. */
public final class AdapterArtifact {
    static final String ROOT = "META-INF/lora/";

    /** A file of an adapter: directly in its directory, so that nothing but its name says where it is unpacked; or of its evaluation. */
    private static final Pattern FILE = Pattern.compile(
            ROOT + "([^/\\p{Cntrl}]+)/([^/\\p{Cntrl}]+)/(evaluation/)?(?!\\.{1,2}$)([^/\\\\\\p{Cntrl}]+)");

    private AdapterArtifact() {}

    /**
     * Unpacks the one adapter a jar holds, without its evaluation.
     *
     * @param display the jar as the user would write its path
     * @param directory where its files go, flat; made if it is not there
     * @throws InvalidInputException if the jar cannot be read as one, or does not hold exactly one adapter
     */
    public static void unpack(Path jar, String display, Path directory) throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, display)) {
            Files.createDirectories(directory);
            for (String name : adapter.files()) {
                try (InputStream in = adapter.content(name)) {
                    Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                } catch (ZipException | EOFException e) {
                    throw new InvalidInputException(display + ": " + name + " cannot be read: it is damaged.", e);
                }
            }
        }
    }

    /**
     * The adapters a jar holds.
     *
     * @return for each, by its {@code groupId:artifactId}, its files
     * @throws InvalidInputException if something else is where adapters are
     */
    static SortedMap<String, List<Matcher>> adapters(ZipFile zip, String display) {
        SortedMap<String, List<Matcher>> adapters = new TreeMap<>();
        for (ZipEntry entry : zip.stream().toList()) {
            if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
                Matcher file = FILE.matcher(entry.getName());
                if (!file.matches()) {
                    throw new InvalidInputException(display + ": the entry " + entry.getName()
                            + " is not a file of an adapter: " + ROOT + "<groupId>/<artifactId>/<file>.");
                }
                if (file.group(3) != null) {
                    continue;
                }
                adapters.computeIfAbsent(file.group(1) + ":" + file.group(2), coordinates -> new ArrayList<>())
                        .add(file);
            }
        }
        return adapters;
    }

    /** Unpacks the files of one adapter, flat. */
    static void unpack(ZipFile zip, List<Matcher> files, Path directory) throws IOException {
        Files.createDirectories(directory);
        ZipContent.check(
                zip, files.stream().map(file -> zip.getEntry(file.group())).toList(), zip.getName());
        for (Matcher file : files) {
            try (InputStream in = ZipContent.open(zip, zip.getEntry(file.group()), zip.getName())) {
                Files.copy(in, directory.resolve(file.group(4)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
