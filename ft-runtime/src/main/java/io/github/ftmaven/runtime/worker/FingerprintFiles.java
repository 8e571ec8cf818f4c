package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.dataset.DatasetProfile;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.drift.DatasetFingerprint;
import io.github.ftmaven.runtime.drift.ExampleDigests;
import io.github.ftmaven.runtime.drift.FingerprintJson;
import io.github.ftmaven.runtime.drift.QuestionDigest;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.files.DataFiles;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The fingerprint of a dataset that was just written: {@code fingerprint.json} and {@code examples.bin} beside it. */
final class FingerprintFiles {
    private FingerprintFiles() {}

    static void write(Job job, DatasetProfile profile) throws IOException {
        DatasetStore store = new DatasetStore(job.output());
        DatasetSpec dataset = job.spec().dataset();
        DatasetFingerprint fingerprint = new DatasetFingerprint(
                profile.labels(), new QuestionDigest(dataset.leaks().sameQuestion()));
        store.each(Split.TRAIN, fingerprint::train);
        store.each(Split.VALIDATION, fingerprint::validation);
        store.each(Split.TEST, fingerprint::test);
        Path directory = job.output().resolve("dataset");
        AtomicFile.write(
                directory.resolve(ExampleDigests.FILE), fingerprint.examples().bytes());
        JsonFile.write(
                directory.resolve(FingerprintJson.FILE), FingerprintJson.json(fingerprint.fingerprint(files(job))));
    }

    /** The data files by the name that rows give them. */
    private static Map<String, Path> files(Job job) {
        DatasetSpec dataset = job.spec().dataset();
        ProjectPaths paths = new ProjectPaths(Path.of(""), job.inputs().data());
        DataFiles files = new DataFiles(job.specDirectory(), paths);
        Map<String, Path> found = new TreeMap<>();
        files.find("dataset.train", dataset.train()).forEach(file -> found.put(paths.show(file), file));
        files.find("dataset.validation", dataset.validation().files())
                .forEach(file -> found.put(paths.show(file), file));
        files.find("dataset.test", dataset.test().files()).forEach(file -> found.put(paths.show(file), file));
        return found;
    }
}
