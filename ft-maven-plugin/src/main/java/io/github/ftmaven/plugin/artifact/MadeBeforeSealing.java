package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Files that other plugins have already made from a jar that is about to be sealed. Sealing changes the jar's bytes. A
 * signature or checksum would then not match the published jar, and a copy would be an adapter without a verdict.
 *
 * @param jar the adapter's jar
 * @param classifier its classifier; null for a main artifact
 * @param root the directory of the adapter in it
 */
public record MadeBeforeSealing(Path jar, @Nullable String classifier, String root) {
    private static final Pattern SIGNED = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final Pattern SIGNATURE = Pattern.compile(".*\\.(asc|sig|sigstore|sigstore\\.json|intoto\\.jsonl)");
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(jar|war|ear|zip)");
    private static final List<String> DIGESTS = List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    /** Checksum files are small; larger files are not read. */
    private static final long LARGEST_LIST = 16_000_000;

    /** The kind of file. */
    public enum Kind {
        /** A detached signature. */
        SIGNATURE("is a signature of %s, made before ft:check seals it."),
        /** Signatures inside the jar. */
        SIGNED_JAR("is signed already, before ft:check seals it."),
        /** A file that contains a checksum, in any format. */
        CHECKSUM("holds a checksum of %s, made before ft:check seals it."),
        /** An archive that contains the jar, packed or unpacked. */
        COPY("holds a copy of %s, made before ft:check seals it."),
        /** Other entries in the jar itself. */
        MORE("holds entries that are not the adapter's, which ft:check would drop when it seals it.");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** A sentence about a file and the jar it was made from. */
        public String sentence(String file, String jar) {
            return file + " " + words.replace("%s", jar);
        }

        /** The artifactIds of plugins that make such files. */
        public List<String> plugins() {
            return switch (this) {
                case SIGNATURE -> List.of("maven-gpg-plugin", "sign-maven-plugin", "sigstore-maven-plugin");
                case SIGNED_JAR -> List.of("maven-jarsigner-plugin");
                case CHECKSUM -> List.of("checksum-maven-plugin", "maven-artifact-plugin", "cyclonedx-maven-plugin");
                case COPY -> List.of("maven-assembly-plugin", "maven-shade-plugin", "spring-boot-maven-plugin");
                case MORE -> List.of("maven-shade-plugin");
            };
        }
    }

    /** A file and its kind. */
    public record Made(Path file, Kind kind) {}

    /** An artifact of the project. */
    public record Artifact(Path file, @Nullable String classifier, String extension) {}

    /**
     * Finds such files.
     *
     * @param artifacts the project's artifacts, with or without the jar
     * @param since when this build packaged the jar; older files beside it belong to an earlier build
     */
    public List<Made> find(List<Artifact> artifacts, Instant since) throws IOException {
        Set<Made> made = new LinkedHashSet<>();
        ofTheJar().ifPresent(kind -> made.add(new Made(jar, kind)));
        Set<Path> others = new LinkedHashSet<>();
        for (Artifact artifact : artifacts) {
            if (isAbout(artifact)) {
                boolean signature =
                        SIGNATURE.matcher("." + artifact.extension()).matches();
                made.add(new Made(artifact.file(), signature ? Kind.SIGNATURE : Kind.CHECKSUM));
            } else if (!artifact.file().equals(jar) && Files.isRegularFile(artifact.file())) {
                others.add(artifact.file());
            }
        }
        for (Path file : beside(since)) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(jar.getFileName() + ".")
                    && SIGNATURE.matcher(name).matches()) {
                made.add(new Made(file, Kind.SIGNATURE));
            } else if (!isArchive(file)) {
                // Archives that are not artifacts are not published.
                others.add(file);
            }
        }
        made.forEach(known -> others.remove(known.file()));
        if (!others.isEmpty()) {
            Fingerprint fingerprint = new Fingerprint(jar);
            for (Path file : others) {
                kind(file, fingerprint).ifPresent(kind -> made.add(new Made(file, kind)));
            }
        }
        return List.copyOf(made);
    }

    /** Whether it has an extension such as {@code jar.asc} and the jar's classifier. */
    private boolean isAbout(Artifact artifact) {
        return artifact.extension().startsWith("jar.")
                && Objects.requireNonNullElse(artifact.classifier(), "")
                        .equals(Objects.requireNonNullElse(classifier, ""));
    }

    private Optional<Kind> ofTheJar() throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<String> strange = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(Predicate.not(
                            name -> name.endsWith("/") || name.startsWith(root) || name.equals("META-INF/MANIFEST.MF")))
                    .toList();
            if (strange.stream().anyMatch(SIGNED.asMatchPredicate())) {
                return Optional.of(Kind.SIGNED_JAR);
            }
            return strange.isEmpty() ? Optional.empty() : Optional.of(Kind.MORE);
        }
    }

    private List<Path> beside(Instant since) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> directory =
                Files.newDirectoryStream(jar.toAbsolutePath().resolveSibling(""))) {
            for (Path file : directory) {
                if (Files.isRegularFile(file)
                        && !file.equals(jar.toAbsolutePath())
                        && !Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    files.add(file);
                }
            }
        }
        files.sort(null);
        return files;
    }

    private Optional<Kind> kind(Path file, Fingerprint fingerprint) throws IOException {
        if (isArchive(file)) {
            return holds(file, fingerprint) ? Optional.of(Kind.COPY) : Optional.empty();
        }
        if (Files.size(file) > LARGEST_LIST) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return fingerprint.isIn(text) ? Optional.of(Kind.CHECKSUM) : Optional.empty();
    }

    private static boolean isArchive(Path file) {
        return ARCHIVE.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Checks only the archive's directory and unpacks nothing. */
    private boolean holds(Path archive, Fingerprint fingerprint) throws IOException {
        long size = Files.size(jar);
        long crc = fingerprint.crc();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream()
                    .anyMatch(entry ->
                            isOfTheAdapter(entry.getName()) || (entry.getSize() == size && entry.getCrc() == crc));
        } catch (ZipException e) {
            return false;
        }
    }

    /**
     * Whether an entry is directly in the adapter's directory. Deeper entries may belong to an adapter with a
     * classifier.
     */
    private boolean isOfTheAdapter(String entry) {
        int at = entry.indexOf(root);
        return at >= 0 && entry.length() > at + root.length() && entry.indexOf('/', at + root.length()) < 0;
    }

    /** Values that identify the jar, each computed on first use. */
    private static final class Fingerprint {
        private final Path jar;
        private @Nullable Long crc;
        private @Nullable List<String> digests;

        Fingerprint(Path jar) {
            this.jar = jar;
        }

        /** The CRC as archives store it. */
        long crc() throws IOException {
            Long known = crc;
            if (known == null) {
                CRC32 sum = new CRC32();
                try (InputStream in = new CheckedInputStream(Files.newInputStream(jar), sum)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                known = sum.getValue();
                crc = known;
            }
            return known;
        }

        /** Whether a lower-case text contains a digest of the jar. */
        boolean isIn(String text) throws IOException {
            List<String> known = digests;
            if (known == null) {
                known = digests(jar);
                digests = known;
            }
            return known.stream().anyMatch(text::contains);
        }

        private static List<String> digests(Path jar) throws IOException {
            List<MessageDigest> digests = new ArrayList<>();
            OutputStream out = OutputStream.nullOutputStream();
            for (String algorithm : DIGESTS) {
                MessageDigest digest = Digests.of(algorithm);
                digests.add(digest);
                out = new DigestOutputStream(out, digest);
            }
            try (InputStream in = Files.newInputStream(jar);
                    OutputStream all = out) {
                in.transferTo(all);
            }
            return digests.stream()
                    .map(digest -> HexFormat.of().formatHex(digest.digest()))
                    .toList();
        }
    }
}
