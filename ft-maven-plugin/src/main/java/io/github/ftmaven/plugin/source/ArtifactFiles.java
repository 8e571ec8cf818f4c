package io.github.ftmaven.plugin.source;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Data in a Maven repository.
 *
 * @param pattern a file in a jar or zip, or a glob; empty for all files of rows in it, or for an artifact that is a file
 *     of rows itself
 */
record ArtifactFiles(Coordinates coordinates, String pattern) {
    private static final Set<String> ARCHIVES = Set.of("jar", "zip");
    private static final Set<String> TYPES = Set.of(
            "csv",
            "csv.gz",
            "json",
            "json.gz",
            "jsonl",
            "jsonl.gz",
            "ndjson",
            "ndjson.gz",
            "parquet",
            "tsv",
            "tsv.gz",
            "txt",
            "txt.gz");

    /**
     * Parses {@code mvn:G:A:V[:TYPE[:CLASSIFIER]][!FILE]}; the default type is {@code jar}.
     *
     * @throws InvalidInputException if the text has another form, or the type holds no rows
     */
    static ArtifactFiles parse(String key, String declared) {
        int mark = declared.indexOf('!');
        String pattern = mark < 0 ? "" : declared.substring(mark + 1);
        Set<String> types = new TreeSet<>(ARCHIVES);
        types.addAll(TYPES);
        Coordinates coordinates = Coordinates.parse(key, mark < 0 ? declared : declared.substring(0, mark), types);
        if (mark >= 0 && !ARCHIVES.contains(coordinates.type())) {
            throw new InvalidInputException(key + ": " + declared + ": an artifact of type " + coordinates.type()
                    + " is one file of rows. Remove what follows the exclamation mark.");
        }
        return new ArtifactFiles(coordinates, pattern);
    }

    /** Whether the artifact is an archive with files of rows. */
    boolean isArchive() {
        return ARCHIVES.contains(coordinates.type());
    }

    /** The name of a file in the archive. */
    String name(String file) {
        return coordinates.declared() + "!" + file;
    }
}
