package io.github.ftmaven.runtime.imports;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names models and data as a spec does. */
final class SourceNaming {
    private static final Pattern HUB =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern DATA = Pattern.compile(".*\\.(jsonl|ndjson|json|csv|tsv|txt|parquet|zip)(\\.gz)?");
    private static final String PIN = "write the commit in place of ";

    /** A name in a spec, with what is left to do about it; null for nothing. */
    record Named(String name, @Nullable String comment) {}

    private SourceNaming() {}

    /** A base model: a directory, or a model on a hub. */
    static Named model(String name, @Nullable String revision) {
        if (!isHub(name)) {
            String comment = HUB.matcher("x/" + name).matches()
                    ? "if this is a model on a hub, write hf:ORGANIZATION/" + name + "@COMMIT"
                    : "a directory, relative to this file";
            return new Named(name, comment);
        }
        String at = revision == null ? "main" : revision;
        return new Named(
                "hf:" + name + "@" + at,
                COMMIT.matcher(at).matches() ? null : PIN + at + ": the model's page shows it");
    }

    /** An adapter to continue from, which is a directory here. */
    static Named adapter(String name) {
        return isHub(name) && !name.contains("output")
                ? new Named("hf:" + name + "@main", PIN + "main, or the directory")
                : new Named(name, "relative to this file");
    }

    /**
     * Data: a file, a directory, or a dataset on a hub.
     *
     * @param files the files in it; empty if the configuration names none
     * @param split the split; null for the train split
     */
    static Named data(String name, List<String> files, @Nullable String split, @Nullable String revision) {
        String part = split == null ? "train" : split.replaceFirst("\\[.*", "");
        if (isHub(name)) {
            String at = revision == null ? "main" : revision;
            boolean pinned = COMMIT.matcher(at).matches();
            String file = files.isEmpty() ? "**" + "/" + part + "*.parquet" : files.get(0);
            String guess = files.isEmpty() ? "the file is a guess: the dataset's page shows them" : "";
            String pin = pinned ? "" : PIN + at;
            String comment = guess.isEmpty() || pin.isEmpty() ? guess + pin : pin + "; " + guess;
            return new Named("hf:datasets/" + name + "@" + at + ":" + file, comment.isEmpty() ? null : comment);
        }
        if (DATA.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            return new Named(name, null);
        }
        return new Named(
                name.replaceFirst("/+$", "") + "/" + part + ".*",
                "the file is a guess: " + name + " is a directory, or a dataset that only " + "its program knows");
    }

    /** Whether a name is that of a repository, and not of a file or a directory. */
    static boolean isHub(String name) {
        return HUB.matcher(name).matches()
                && !DATA.matcher(name.toLowerCase(Locale.ROOT)).matches()
                && !name.contains("..")
                && !List.of("data", "models", "saves", "outputs", "output", "datasets", "dataset", "checkpoints", "src")
                        .contains(name.substring(0, name.indexOf('/')));
    }
}
