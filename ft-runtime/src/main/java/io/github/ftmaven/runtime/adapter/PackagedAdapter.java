package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * An adapter in a jar: the files of {@code META-INF/lora/<groupId>/<artifactId>/}, or of a directory in there that is
 * named after the classifier of the jar, so that the jars of one module do not hide each other on a class path.
 *
 * <p>Sealing adds the measured scores: the directory {@link #EVALUATION}, and the end of the model card from {@link
 * #CARD_MARK} on. These do not count as content, so measuring an adapter does not change its identity.
 */
public final class PackagedAdapter implements AutoCloseable {
    /** The directory that sealing adds. */
    public static final String EVALUATION = "evaluation/";

    /** The model card. */
    public static final String CARD = "README.md";

    /** The start of the text that sealing adds to the card. */
    public static final String CARD_MARK = "\n<!-- Added by ft:check -->\n";

    /** Files that describe an adapter; answers do not depend on them. */
    private static final Set<String> TOLD = Set.of(
            CARD,
            "Dockerfile",
            "bom.json",
            "dataset.json",
            "examples.bin",
            "fine-tune.yaml",
            "fingerprint.json",
            "provenance.json");

    static final String ROOT = "META-INF/lora/";

    /** A file of an adapter: directly in its directory, so only its name decides where it is unpacked. */
    private static final Pattern FILE = Pattern.compile(ROOT + "([^/\\p{Cntrl}]+)/([^/\\p{Cntrl}]+)/(?:(?!" + EVALUATION
            + "|\\.{1,2}/)([^/\\\\\\p{Cntrl}]+)/)?((?:" + EVALUATION + ")?(?!\\.{1,2}$)[^/\\\\\\p{Cntrl}]+)");

    /** Other files that a sealed adapter's jar may hold: those that the jar tool and its signers write. */
    private static final Pattern OF_THE_JAR =
            Pattern.compile("META-INF/(MANIFEST\\.MF|[A-Za-z0-9_-]+\\.(SF|RSA|DSA|EC))");

    private final ZipFile zip;
    private final String display;
    private final String name;
    private final SortedMap<String, ZipEntry> entries;

    private PackagedAdapter(ZipFile zip, String display, String name, SortedMap<String, ZipEntry> entries) {
        this.zip = zip;
        this.display = display;
        this.name = name;
        this.entries = entries;
    }

    /**
     * Opens the only adapter of a jar.
     *
     * @param display the jar as the user would write its path
     * @throws InvalidInputException if the jar cannot be read as one, or does not hold exactly one adapter
     */
    public static PackagedAdapter open(Path jar, String display) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(jar.toFile());
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new InvalidInputException(display + ": no such file.", e);
        } catch (EOFException e) {
            throw new InvalidInputException(display + ": not a jar: the file is truncated.", e);
        } catch (ZipException e) {
            throw new InvalidInputException(display + ": not a jar: " + e.getMessage() + ".", e);
        }
        try {
            return open(zip, display);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static PackagedAdapter open(ZipFile zip, String display) throws IOException {
        NavigableMap<String, SortedMap<String, ZipEntry>> adapters = adapters(zip, display);
        for (SortedMap<String, ZipEntry> entries : adapters.values()) {
            ZipContent.check(zip, entries.values(), display);
        }
        if (adapters.size() != 1) {
            throw new InvalidInputException(display + ": must hold one adapter under " + ROOT + ", but holds "
                    + (adapters.isEmpty() ? "none." : String.join(" and ", adapters.keySet()) + "."));
        }
        Map.Entry<String, SortedMap<String, ZipEntry>> only = adapters.firstEntry();
        return new PackagedAdapter(zip, display, only.getKey(), only.getValue());
    }

    /**
     * One of the adapters of an open jar, which may also hold other things.
     *
     * @param name {@code groupId:artifactId}, and {@code :classifier} if the jar has one
     * @throws InvalidInputException if the jar does not have it
     */
    static PackagedAdapter in(ZipFile zip, String name) throws IOException {
        SortedMap<String, ZipEntry> entries = adapters(zip, name).get(name);
        if (entries == null) {
            throw new InvalidInputException(name + ": is not in " + zip.getName() + ".");
        }
        ZipContent.check(zip, entries.values(), name);
        return new PackagedAdapter(zip, name, name, entries);
    }

    /**
     * The files of all adapters of a jar, by {@code groupId:artifactId[:classifier]} and name.
     *
     * @throws InvalidInputException if there is something else in the place of adapters, or two entries have the same
     *     name, because readers differ in which one they use
     */
    static NavigableMap<String, SortedMap<String, ZipEntry>> adapters(ZipFile zip, String display) {
        NavigableMap<String, SortedMap<String, ZipEntry>> adapters = new TreeMap<>();
        for (ZipEntry entry : zip.stream().toList()) {
            if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
                Matcher file = FILE.matcher(entry.getName());
                if (!file.matches()) {
                    throw new InvalidInputException(display + ": the entry " + entry.getName()
                            + " is not a file of an adapter: " + ROOT + "<groupId>/<artifactId>/<file>.");
                }
                String name = file.group(1) + ":" + file.group(2) + (file.group(3) == null ? "" : ":" + file.group(3));
                ZipEntry other =
                        adapters.computeIfAbsent(name, key -> new TreeMap<>()).put(file.group(4), entry);
                if (other != null) {
                    throw new InvalidInputException(display + ": has two entries " + entry.getName() + ".");
                }
            }
        }
        return adapters;
    }

    /** The adapter's {@code groupId:artifactId}. */
    public String coordinates() {
        int classifier = name.indexOf(':', name.indexOf(':') + 1);
        return classifier < 0 ? name : name.substring(0, classifier);
    }

    /** The directory in the jar. */
    public String root() {
        return root(name);
    }

    /**
     * The directory of an adapter, in a jar or below a directory of classes.
     *
     * @param name {@code groupId:artifactId}, and {@code :classifier} if the jar has one
     */
    public static String root(String name) {
        return ROOT + name.replace(':', '/') + "/";
    }

    /** The names of all its files. */
    SortedSet<String> everything() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(entries.keySet()));
    }

    /**
     * Rejects a jar that holds anything besides its manifest, signatures and this adapter, or entries that only stream
     * readers see.
     */
    void requireNothingElse() throws IOException {
        List<String> listed = zip.stream().map(ZipEntry::getName).toList();
        for (String name : listed) {
            if (!name.startsWith(root()) && !OF_THE_JAR.matcher(name).matches()) {
                throw new InvalidInputException(display + ": has an entry " + name + ", which ft:check did not seal.");
            }
        }
        List<String> streamed = new ArrayList<>();
        try (ZipInputStream stream = new ZipInputStream(Files.newInputStream(Path.of(zip.getName())))) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                streamed.add(entry.getName());
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) { // the last one: a name is not text
            throw new InvalidInputException(display + ": cannot be read as a stream: " + e.getMessage() + ".", e);
        }
        if (!streamed.equals(listed)) {
            throw new InvalidInputException(
                    display + ": its entries differ from those that its directory lists, so programs would read"
                            + " different files.");
        }
    }

    /** The names of its files without those that sealing adds. */
    public SortedSet<String> files() {
        SortedSet<String> files = new TreeSet<>(entries.keySet());
        files.removeIf(name -> name.startsWith(EVALUATION));
        return Collections.unmodifiableSortedSet(files);
    }

    /** The timestamp of its entries, independent of the time zone. */
    public LocalDateTime time() {
        return entries.values().iterator().next().getTimeLocal();
    }

    /** Whether it has any file that sealing adds. */
    public boolean isSealed() throws IOException {
        return entries.keySet().stream().anyMatch(name -> name.startsWith(EVALUATION)) || isCardMarked();
    }

    /** Whether its card has the text that sealing adds. */
    boolean isCardMarked() throws IOException {
        return read(CARD)
                .filter(card -> new String(card, StandardCharsets.ISO_8859_1).contains(CARD_MARK))
                .isPresent();
    }

    /** The unchanged bytes of a file, sealed files included. */
    public Optional<byte[]> read(String name) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = ZipContent.open(zip, entry, display)) {
            return Optional.of(in.readAllBytes());
        } catch (ZipException | EOFException e) {
            throw unreadable(name, e);
        }
    }

    private InvalidInputException unreadable(String name, IOException e) {
        String why = e instanceof EOFException ? "the file is truncated" : String.valueOf(e.getMessage());
        return new InvalidInputException(display + ": " + name + " cannot be read: " + why + ".", e);
    }

    /** A file of the adapter, without the text that sealing adds to it. */
    public InputStream content(String name) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new NoSuchFileException(display + "!/" + root() + name);
        }
        if (!name.equals(CARD)) {
            return ZipContent.open(zip, entry, display);
        }
        byte[] card = read(name).orElseThrow();
        // One byte per character, so that an index is an offset.
        int mark = new String(card, StandardCharsets.ISO_8859_1).indexOf(CARD_MARK);
        return new ByteArrayInputStream(mark < 0 ? card : Arrays.copyOf(card, mark));
    }

    /**
     * Unpacks its files, without what sealing adds, into a directory without subdirectories, which is created if
     * missing.
     *
     * @throws InvalidInputException if a file cannot be read, or has a name that this system does not allow
     */
    void unpack(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String name : files()) {
            try (InputStream in = content(name)) {
                Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } catch (ZipException | EOFException e) {
                throw unreadable(name, e);
            } catch (InvalidPathException e) {
                throw new InvalidInputException(display + ": " + name + " is not a valid file name on this system.", e);
            }
        }
    }

    /**
     * SHA-256 of the content: of the lines that {@code sha256sum} prints for its files, sorted by name, each without
     * the text that sealing adds.
     */
    public String digest() throws IOException {
        return digest(files());
    }

    /**
     * The same for the trained files only, from which a model is loaded. Scores refer to this digest, so a changed
     * acceptance rule in the spec does not require a new evaluation.
     */
    public String trainedDigest() throws IOException {
        SortedSet<String> trained = new TreeSet<>(files());
        trained.removeAll(TOLD);
        return digest(trained);
    }

    private String digest(SortedSet<String> files) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : files) {
            lines.append(digest(name)).append("  ").append(name).append('\n');
        }
        return Digests.sha256(lines.toString());
    }

    private String digest(String name) throws IOException {
        try (InputStream content = content(name)) {
            return Digests.sha256(content);
        } catch (ZipException | EOFException e) {
            throw unreadable(name, e);
        }
    }

    /** The digest of the content of the adapter in a jar. */
    public static String digest(Path jar, String display) throws IOException {
        try (PackagedAdapter adapter = open(jar, display)) {
            return adapter.digest();
        }
    }

    /** The digest of the trained files of the adapter in a jar. */
    public static String trainedDigest(Path jar, String display) throws IOException {
        try (PackagedAdapter adapter = open(jar, display)) {
            return adapter.trainedDigest();
        }
    }

    /**
     * The digest of one file of the adapter in a jar, without what sealing adds.
     *
     * @throws InvalidInputException if the adapter has no such file
     */
    public static String fileDigest(Path jar, String display, String name) throws IOException {
        try (PackagedAdapter adapter = open(jar, display)) {
            if (!adapter.files().contains(name)) {
                throw new InvalidInputException(display + ": its adapter has no " + name + ".");
            }
            return adapter.digest(name);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
