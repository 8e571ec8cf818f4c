package io.github.ftmaven.runtime.drift;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.dataset.DatasetProfile.LabelCount;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.drift.Fingerprint.DataFile;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fingerprint of a dataset, from its rows one at a time. A system message does not count: it is the same for all
 * rows, and a new one does not change what is asked.
 */
public final class DatasetFingerprint {
    /** Labels with fewer rows share one count, so that the fingerprint stays small. */
    private static final int MOST_LABELS = 1_000;

    private final FingerprintBuilder training;
    private final QuestionDigest digest;
    private final List<ExampleDigests.Digest> learnt = new ArrayList<>();
    private final List<ExampleDigests.Digest> test = new ArrayList<>();
    private final Map<String, Integer> rowsByFile = new HashMap<>();

    /**
     * Begins the fingerprint of a dataset.
     *
     * @param labels its labels; empty if the answers are free text
     */
    public DatasetFingerprint(List<LabelCount> labels, QuestionDigest digest) {
        Set<String> known = labels.stream()
                .filter(label -> label.train() > 0)
                .sorted(Comparator.comparingInt(LabelCount::train).reversed().thenComparing(LabelCount::label))
                .limit(MOST_LABELS)
                .map(label -> label.label().strip())
                .collect(Collectors.toSet());
        this.training = new FingerprintBuilder(known);
        this.digest = digest;
    }

    /** Adds a training row. */
    public void train(Example example) {
        training.add(asked(example), example.answer());
        validation(example);
    }

    /** Adds a validation row, which only counts as a row. */
    public void validation(Example example) {
        learnt.add(digest.of(example));
        count(example);
    }

    /** Adds a test row, which only counts as a row. */
    public void test(Example example) {
        test.add(digest.of(example));
        count(example);
    }

    private void count(Example example) {
        String source = example.source();
        int line = source.lastIndexOf(':');
        rowsByFile.merge(line < 0 ? source : source.substring(0, line), 1, Integer::sum);
    }

    private static List<String> asked(Example example) {
        return example.messages().subList(0, example.messages().size() - 1).stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .map(Message::content)
                .toList();
    }

    /** The digests of all rows. */
    public ExampleDigests examples() {
        return new ExampleDigests(learnt, test);
    }

    /**
     * The fingerprint of the training rows.
     *
     * @param files the data files by the name that rows give them
     */
    public Fingerprint fingerprint(Map<String, Path> files) throws IOException {
        List<DataFile> all = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            int rows = rowsByFile.entrySet().stream()
                    .filter(each ->
                            each.getKey().equals(file.getKey()) || each.getKey().startsWith(file.getKey() + "!"))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            if (Files.isRegularFile(file.getValue())) {
                all.add(new DataFile(file.getKey(), rows, Digests.sha256(file.getValue())));
            }
        }
        all.sort(Comparator.comparing(DataFile::name));
        return training.build(all);
    }
}
