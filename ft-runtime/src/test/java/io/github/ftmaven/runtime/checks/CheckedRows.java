package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.files.Digest128;
import io.github.ftmaven.runtime.files.Scratch;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A small dataset for the tests of checks. */
final class CheckedRows {
    private final List<InspectedRow> train = new ArrayList<>();
    private final List<InspectedRow> validation = new ArrayList<>();
    private final List<InspectedRow> test = new ArrayList<>();
    private List<String> specialTokens = List.of();

    CheckedRows train(String question, String answer) {
        train.add(row("train:" + (train.size() + 1), question, answer, 3));
        return this;
    }

    CheckedRows train(String question, String answer, int tokens) {
        train.add(row("train:" + (train.size() + 1), question, answer, tokens));
        return this;
    }

    CheckedRows validation(String question, String answer) {
        validation.add(row("validation:" + (validation.size() + 1), question, answer, 3));
        return this;
    }

    CheckedRows test(String question, String answer) {
        test.add(row("test:" + (test.size() + 1), question, answer, 3));
        return this;
    }

    /** Training rows that no check finds anything in, each with its number and one of two answers. */
    CheckedRows plain(int count) {
        for (int i = 0; i < count; i++) {
            train("Where does the parcel number " + i * 7919 % 9973 + " wait?", i % 2 == 0 ? "left" : "right");
        }
        return this;
    }

    CheckedRows specialTokens(String... tokens) {
        specialTokens = List.of(tokens);
        return this;
    }

    static InspectedRow row(String source, String question, String answer, int tokens) {
        String normal = question.toLowerCase(Locale.ROOT);
        return new InspectedRow(
                source,
                new InspectedRow.Question(Digest128.of(normal), question, normal, true),
                answer,
                List.of(question),
                List.of(question, answer),
                new InspectedRow.Encoded(tokens, false));
    }

    Inspection inspection() {
        return new Inspection(
                new ListedRows(train, specialTokens),
                new ListedRows(validation, specialTokens),
                new ListedRows(test, specialTokens),
                !validation.isEmpty(),
                specialTokens);
    }

    List<CheckResult> run(String... lines) {
        return DatasetChecks.run(
                new TestSpec().set(lines).dataset().checks(),
                Method.LORA,
                inspection(),
                new Scratch(Path.of("target", "scratch")));
    }

    /** The lines of one check. */
    List<String> lines(String check) {
        return run().stream()
                .filter(result -> result.check().equals(check))
                .flatMap(result -> result.findings().stream())
                .map(Finding::line)
                .toList();
    }
}
