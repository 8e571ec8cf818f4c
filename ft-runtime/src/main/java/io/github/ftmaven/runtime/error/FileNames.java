package io.github.ftmaven.runtime.error;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * File names that Java cannot read or write. Where the locale's encoding is ASCII, as under {@code LANG=C}, Java shows
 * every other byte of a listed name as U+FFFD, so two files can appear under one name. Java cannot create a path with
 * such a character either.
 */
public final class FileNames {
    private static final String UNREADABLE = "\uFFFD";

    private FileNames() {}

    /** Whether Java read the name of a listed file correctly. */
    public static boolean isReadable(Path file) {
        String text = file.toString();
        if (!text.contains(UNREADABLE)) {
            return true;
        }
        try {
            return file.getFileSystem().getPath(text).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Returns the file if Java read its name correctly.
     *
     * @throws InvalidInputException if it did not
     */
    public static Path readable(Path file) {
        if (!isReadable(file)) {
            throw new InvalidInputException(PrintableText.line(file.toString())
                    + (isUnicode()
                            ? ": the file name is not valid UTF-8. Rename the file."
                            : ": the file name cannot be read under this locale" + REMEDY));
        }
        return file;
    }

    /**
     * Checks that the encoding of file names can hold a path or pattern.
     *
     * @param where the key that names it, with a colon and a blank; or an empty text
     * @throws InvalidInputException if it cannot
     */
    public static void require(String where, String path) {
        if (!canEncode(path)) {
            throw new InvalidInputException(where + unreadable(where.isEmpty() ? "The" : "the", path));
        }
    }

    /**
     * A glob that, applied to misread names, matches every name that {@code glob} would match if Java read them
     * correctly.
     */
    public static String widened(String glob) {
        return glob.replaceAll("\\?|\\[[^\\]]*\\]", "*");
    }

    /** The problem with a path, and the remedy. */
    public static String problem(InvalidPathException e) {
        return !canEncode(e.getInput())
                ? unreadable("The", e.getInput())
                : "'" + PrintableText.line(e.getInput()) + "' is not a path: " + e.getReason() + ".";
    }

    private static final String REMEDY =
            ", whose encoding is " + encoding() + ". Set the environment variable LC_ALL=C.UTF-8.";

    private static boolean canEncode(String path) {
        return isUnicode() || encoding().newEncoder().canEncode(path);
    }

    private static String unreadable(String article, String path) {
        return article + " file name '" + PrintableText.line(path) + "' cannot be read under this locale" + REMEDY;
    }

    private static boolean isUnicode() {
        return encoding().equals(StandardCharsets.UTF_8);
    }

    /** The encoding of file names, which differs from the encoding of file content. */
    private static Charset encoding() {
        String name = System.getProperty("sun.jnu.encoding");
        return name == null || !Charset.isSupported(name) ? StandardCharsets.UTF_8 : Charset.forName(name);
    }
}
