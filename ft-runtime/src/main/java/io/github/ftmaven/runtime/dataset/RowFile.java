package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.StrictReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows, alone or in a packed file.
 *
 * @param shown its name in messages and sources: {@code rows.jsonl}, {@code rows.jsonl.gz}, {@code rows.zip!a.jsonl}
 * @param format how its rows are written
 */
record RowFile(String shown, Format format, Opener opener) {
    /** How rows are written. */
    enum Format {
        /** A JSON object in each line. */
        LINES("\\.(jsonl|ndjson)"),
        /** One JSON array of objects. */
        ARRAY("\\.json"),
        /** Columns divided by commas, below a header. */
        CSV("\\.csv"),
        /** Columns divided by tabs, below a header. */
        TSV("\\.tsv"),
        /** A text in each line. */
        TEXT("\\.txt");

        /** A regular expression. */
        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }

        private static @Nullable Format of(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            for (Format format : values()) {
                if (lower.matches("(?s).*" + format.ending)) {
                    return format;
                }
            }
            return null;
        }
    }

    /** Opens the unpacked bytes. */
    interface Opener {
        InputStream open() throws IOException;
    }

    /** What is done with a file's text. */
    interface Use {
        void accept(Reader text) throws IOException;
    }

    /**
     * Finds the files of rows in a file, which may be packed: a gzip file has one, a zip file any number, in the order of
     * their names.
     *
     * @param shown the file's name for messages
     * @param skipped receives the name of each file in a zip file that has no rows
     * @param bytes counts what is read, as it is packed
     */
    static List<RowFile> in(Path file, String shown, Consumer<String> skipped, ReadBytes bytes) {
        // A fetched file is shown by another name.
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".zip")) {
            return inZip(file, shown, skipped, bytes);
        }
        boolean packed = name.endsWith(".gz");
        Format format = Format.of(packed ? name.substring(0, name.length() - 3) : name);
        if (format == null) {
            throw new InvalidInputException(
                    shown + ": unsupported file type. Use .jsonl, .json, .csv, .tsv or .txt, alone or packed as .gz or"
                            + " .zip, or .parquet alone.");
        }
        return List.of(new RowFile(shown, format, () -> {
            InputStream in = bytes.count(Files.newInputStream(file));
            return packed ? unpacked(in) : in;
        }));
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        try {
            return new GZIPInputStream(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static List<RowFile> inZip(Path file, String shown, Consumer<String> skipped, ReadBytes bytes) {
        List<RowFile> files = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .forEach(entry -> {
                        String inside = entry.getName();
                        boolean hidden =
                                inside.startsWith("__MACOSX/") || inside.startsWith(".") || inside.contains("/.");
                        Format format = hidden ? null : Format.of(inside);
                        if (!hidden && RowModules.of(inside).isPresent()) {
                            throw new InvalidInputException(shown + "!" + inside
                                    + ": a Parquet file is not read from within a zip file. Unpack it.");
                        }
                        if (format == null) {
                            skipped.accept(shown + "!" + inside);
                        } else {
                            files.add(new RowFile(shown + "!" + inside, format, () -> entry(file, inside, bytes)));
                        }
                    });
        } catch (ZipException | EOFException e) {
            throw damaged(shown, "zip", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (files.isEmpty()) {
            throw new InvalidInputException(shown + ": has no .jsonl, .json, .csv, .tsv or .txt file in it.");
        }
        return files;
    }

    private static InputStream entry(Path file, String name, ReadBytes bytes) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            ZipEntry entry = zip.getEntry(name);
            return new FilterInputStream(zip.getInputStream(entry)) {
                @Override
                public void close() throws IOException {
                    bytes.add(entry.getCompressedSize());
                    zip.close();
                }
            };
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    /**
     * Reads the file's text from its beginning.
     *
     * @throws InvalidInputException if it is damaged or not in its encoding
     */
    void read(Use use) {
        String name = shown.toLowerCase(Locale.ROOT);
        try (Reader text = new StrictReader(opener.open(), shown)) {
            use.accept(text);
        } catch (ZipException | EOFException e) {
            throw damaged(shown, name.endsWith(".gz") ? "gzip" : "zip", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidInputException damaged(String shown, String kind, IOException e) {
        return new InvalidInputException(
                shown + ": is not a " + kind + " file, or is damaged: " + e.getMessage() + ". Pack it again.", e);
    }
}
