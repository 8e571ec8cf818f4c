package io.github.ftmaven.plugin;

import io.github.ftmaven.runtime.files.FetchedFile;
import java.io.IOException;
import java.util.List;

/** Finds the data that a spec names by a hub or a repository, and downloads it if necessary. */
public interface DataLocator {
    /**
     * Finds the files that a name stands for.
     *
     * @param place where it is declared, such as {@code dataset.train[0]}
     * @param declared {@code hf:datasets/ORG/NAME@COMMIT:FILE} or {@code mvn:G:A:V[:TYPE[:CLASSIFIER]][!FILE]}
     * @return at least one
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if there is no such thing
     * @throws NotHereException if it is not on this machine and must not be downloaded
     * @throws IOException if it cannot be downloaded
     */
    List<FetchedFile> locate(String place, String declared) throws IOException;
}
