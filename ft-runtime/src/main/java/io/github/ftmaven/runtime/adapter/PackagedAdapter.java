package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
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

/**
 * An adapter in a jar: the files of {@code META-INF/lora/<groupId>/<artifactId>/}.
 *
 * <p>Sealing adds what the adapter was measured to be: the directory {@link #EVALUATION}, and the end of the model card
 * from {@link #CARD_MARK} on. That is no part of its content, so that measuring an adapter makes no other adapter of it.
 */
public final class PackagedAdapter implements AutoCloseable {
    /** The directory that sealing adds. */
    public static final String EVALUATION = "evaluation/";

    /** The model card. */
    public static final String CARD = "README.md";

    /** Where what sealing adds to the card begins. */
    public static final String CARD_MARK = "\n<!-- Added by ft:check -->\n";

    /** Files that tell of an adapter: no answer depends on them. */
    private static final Set<String> TOLD =
            Set.of(CARD, "Dockerfile", "bom.json", "dataset.json", "fine-tune.yaml", "provenance.json");

    private static final String ROOT = "META-INF/lora/";

    /** A file of an adapter: directly in its directory, so that nothing but its name says where it is unpacked. */
    private static final Pattern FILE = Pattern.compile(
            ROOT + "([^/\\p{Cntrl}]+)/([^/\\p{Cntrl}]+)/((?:" + EVALUATION + ")?(?!\\.{1,2}$)[^/\\\\\\p{Cntrl}]+)");

    private final ZipFile zip;
    private final String display;
    private final String root;
    private final SortedMap<String, ZipEntry> entries;

    private PackagedAdapter(ZipFile zip, String display, String root, SortedMap<String, ZipEntry> entries) {
        this.zip = zip;
        this.display = display;
        this.root = root;
        this.entries = entries;
    }

    /**
     * Opens the one adapter a jar holds.
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
            throw new InvalidInputException(display + ": not a jar: it ends too early.", e);
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
        SortedMap<String, ZipEntry> entries = new TreeMap<>();
        List<ZipEntry> found = new ArrayList<>();
        TreeSet<String> adapters = new TreeSet<>();
        for (ZipEntry entry : zip.stream().toList()) {
            if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
                Matcher file = FILE.matcher(entry.getName());
                if (!file.matches()) {
                    throw new InvalidInputException(display + ": the entry " + entry.getName()
                            + " is not a file of an adapter: " + ROOT + "<groupId>/<artifactId>/<file>.");
                }
                entries.put(file.group(3), entry);
                found.add(entry);
                adapters.add(file.group(1) + ":" + file.group(2));
            }
        }
        ZipContent.check(zip, found, display);
        if (adapters.size() != 1) {
            throw new InvalidInputException(display + ": must hold one adapter under " + ROOT + ", but holds "
                    + (adapters.isEmpty() ? "none." : String.join(" and ", adapters) + "."));
        }
        String root = ROOT + adapters.first().replace(':', '/') + "/";
        return new PackagedAdapter(zip, display, root, entries);
    }

    /** The directory in the jar. */
    public String root() {
        return root;
    }

    /** The names of its files, without those that sealing adds. */
    public SortedSet<String> files() {
        SortedSet<String> files = new TreeSet<>(entries.keySet());
        files.removeIf(name -> name.startsWith(EVALUATION));
        return Collections.unmodifiableSortedSet(files);
    }

    /** The time that its entries bear, as any time zone reads it. */
    public LocalDateTime time() {
        return entries.values().iterator().next().getTimeLocal();
    }

    /** Whether it is sealed. */
    public boolean isSealed() {
        return entries.keySet().stream().anyMatch(name -> name.startsWith(EVALUATION));
    }

    /** A file as it is, of the adapter or of what sealing adds. */
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
        String why = e instanceof EOFException ? "it ends too early" : String.valueOf(e.getMessage());
        return new InvalidInputException(display + ": " + name + " cannot be read: " + why + ".", e);
    }

    /** A file of the adapter, without what sealing adds to it. */
    public InputStream content(String name) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new NoSuchFileException(display + "!/" + root + name);
        }
        if (!name.equals(CARD)) {
            return ZipContent.open(zip, entry, display);
        }
        byte[] card = read(name).orElseThrow();
        // One byte a character, so that an index is an offset.
        int mark = new String(card, StandardCharsets.ISO_8859_1).indexOf(CARD_MARK);
        return new ByteArrayInputStream(mark < 0 ? card : Arrays.copyOf(card, mark));
    }

    /**
     * SHA-256 of the content: of the lines that {@code sha256sum} prints for its files in the order of their names, each
     * without what sealing adds.
     */
    public String digest() throws IOException {
        return digest(files());
    }

    /**
     * The same of what was trained alone: the files that a model is loaded from. Scores are tied to it, and not to what the
     * jar tells, so that another acceptance rule in its spec measures nothing anew.
     */
    public String trainedDigest() throws IOException {
        SortedSet<String> trained = new TreeSet<>(files());
        trained.removeAll(TOLD);
        return digest(trained);
    }

    private String digest(SortedSet<String> files) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : files) {
            MessageDigest digest = sha256();
            try (InputStream in = new DigestInputStream(content(name), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (ZipException | EOFException e) {
                throw unreadable(name, e);
            }
            lines.append(HexFormat.of().formatHex(digest.digest()))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        return HexFormat.of().formatHex(sha256().digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The digest of the content of the adapter in a jar. */
    public static String digest(Path jar, String display) throws IOException {
        try (PackagedAdapter adapter = open(jar, display)) {
            return adapter.digest();
        }
    }

    /** The digest of what was trained of the adapter in a jar. */
    public static String trainedDigest(Path jar, String display) throws IOException {
        try (PackagedAdapter adapter = open(jar, display)) {
            return adapter.trainedDigest();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
