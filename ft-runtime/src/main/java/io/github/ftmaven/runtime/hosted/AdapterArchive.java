package io.github.ftmaven.runtime.hosted;

import io.airlift.compress.zstd.ZstdInputStream;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.adapter.ZipContent;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What a service gives back, in whatever form: a file of the adapter, or a zip or tar, packed by gzip or zstd. The beginning
 * of a file says which. Only the adapter's two files are written, under their own names, so no entry can leave the directory.
 */
final class AdapterArchive {
    private static final Set<String> WANTED =
            Set.of(PeftAdapter.CONFIG, PeftAdapter.WEIGHTS, "adapter_model.bin"); // the last is refused with advice

    private static final List<String> ARCHIVES = List.of(".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst");
    private static final int HEADER = 512;
    private static final long LONGEST_CONFIG = 1 << 20;

    private final String display;
    private final Path directory;
    private final long longest;

    /**
     * @param display where it comes from, for messages
     * @param directory for the adapter's files; exists
     * @param longest the most bytes of its weights
     */
    AdapterArchive(String display, Path directory, long longest) {
        this.display = display;
        this.directory = directory;
        this.longest = longest;
    }

    /** The last part of a path. */
    static String lastName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Whether a file of this name may hold the adapter or a part of it. */
    static boolean isOfUse(String name) {
        return WANTED.contains(name) || ARCHIVES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    /**
     * Takes the adapter's files out of a file.
     *
     * @param name the file's own name, if the service gave one
     * @throws InvalidInputException if it is damaged or hostile, or holds something else
     */
    void unpack(Path file, String name) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEADER);
        }
        try {
            if (begins(head, 0x50, 0x4b, 0x03, 0x04)) {
                unzip(file);
            } else if (begins(head, 0x1f, 0x8b)) {
                untar(new GZIPInputStream(open(file)));
            } else if (begins(head, 0x28, 0xb5, 0x2f, 0xfd)) {
                untar(new ZstdInputStream(open(file)));
            } else if (TarEntries.isTar(head)) {
                untar(open(file));
            } else if (name.endsWith(PeftAdapter.CONFIG)) {
                store(PeftAdapter.CONFIG, open(file));
            } else if (head.length > 8 && head[8] == '{') {
                store(PeftAdapter.WEIGHTS, open(file));
            } else {
                throw bad("is neither an archive (zip, tar, tar.gz, tar.zst) nor safetensors, but begins with "
                        + beginning(head));
            }
        } catch (InvalidInputException e) {
            throw e;
        } catch (ZipException e) {
            throw bad("is a damaged archive. The next build downloads it again, and pays nothing");
        } catch (IOException | RuntimeException e) {
            // A decoder of damaged bytes fails in many ways; a full disk is not one of them.
            if (e instanceof FileSystemException) {
                throw e;
            }
            throw bad("ends early or is damaged. The next build downloads it again, and pays nothing");
        }
    }

    private static boolean begins(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static String beginning(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, 60), StandardCharsets.ISO_8859_1);
        return head.length == 0 ? "nothing: it is empty" : "'" + text.replaceAll("[^ -~]", ".") + "'";
    }

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private void unzip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries =
                    zip.stream().filter(entry -> !entry.isDirectory()).toList();
            ZipContent.check(zip, entries, display);
            for (ZipEntry entry : entries) {
                if (isWanted(entry.getName())) {
                    store(lastName(entry.getName()), ZipContent.open(zip, entry, display));
                }
            }
        }
    }

    private void untar(InputStream in) throws IOException {
        try (TarEntries entries = new TarEntries(in)) {
            while (entries.next()) {
                if (isWanted(entries.name())) {
                    if (!entries.isFile()) {
                        throw bad("holds " + lastName(entries.name()) + " as a link. Do not use it");
                    }
                    store(lastName(entries.name()), entries.content());
                }
            }
        }
    }

    /** Whether an entry is one of the adapter's files; one that would leave the directory is hostile. */
    private boolean isWanted(String entry) {
        String path = entry.replace('\\', '/');
        if (path.startsWith("/")
                || path.matches("[A-Za-z]:.*")
                || List.of(path.split("/", -1)).contains("..")) {
            throw bad("holds an entry outside of the archive's own directory. Do not use it");
        }
        return WANTED.contains(lastName(path));
    }

    private void store(String name, InputStream content) throws IOException {
        Path target = directory.resolve(name);
        if (Files.exists(target)) {
            throw bad("holds more than one " + name + ", so there is more than one adapter");
        }
        long most = name.equals(PeftAdapter.CONFIG) ? LONGEST_CONFIG : longest;
        try (InputStream in = content;
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            long stored = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                stored += read;
                if (stored > most) {
                    throw bad("holds " + name + " of more than " + most + " bytes, the most that such an adapter can"
                            + " have. Do not use it");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private InvalidInputException bad(String problem) {
        return new InvalidInputException(display + " " + problem + ".");
    }
}
