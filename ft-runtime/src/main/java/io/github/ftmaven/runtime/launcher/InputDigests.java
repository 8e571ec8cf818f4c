package io.github.ftmaven.runtime.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Whether the files of a request arrived whole: {@code inputs.sha256}, which {@code sha256sum -c} reads too. */
public final class InputDigests {
    /** The file with a line for each input. */
    public static final String FILE = "inputs.sha256";

    private static final String BETWEEN = "  ";
    private static final int BUFFER = 1 << 20;

    private InputDigests() {}

    /** The line of a file, as {@code sha256sum} prints it. */
    public static String line(String digest, String name) {
        return digest + BETWEEN + name + "\n";
    }

    static void verify(Path directory) throws IOException, UnusableException {
        for (String line : Files.readAllLines(directory.resolve(FILE))) {
            int end = line.indexOf(BETWEEN);
            if (end < 0) {
                throw new UnusableException(directory.resolve(FILE) + ": is damaged. Copy the directory again.");
            }
            Path file = directory.resolve(line.substring(end + BETWEEN.length()));
            if (!Files.isRegularFile(file)) {
                throw new UnusableException(file + ": is missing. Copy the whole directory of the request.");
            }
            if (!sha256(file).equals(line.substring(0, end))) {
                throw new UnusableException(file + ": is not what the build put there, or was cut off on its way."
                        + " Copy the directory of the request again.");
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
