package io.github.ftmaven.runtime.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

@EveryLocale
class DatasetChecksTest {
    @Test
    void findNothingInACleanDataset() {
        CheckedRows rows = new CheckedRows().plain(60).test("Who wrote this letter?", "left");
        assertThat(rows.run())
                .hasSize(16)
                .allSatisfy(result ->
                        assertThat(result.findings()).as(result.check()).isEmpty());
        assertThatCode(() -> DatasetChecks.requirePassed(rows.run())).doesNotThrowAnyException();
    }

    @Test
    void failWithOneMessageForAllChecks() {
        CheckedRows rows = new CheckedRows()
                .plain(60)
                .train("Who pays?", "left")
                .train("who pays?", "right")
                .train("Mail me at jo.doe@acme.io", "left");
        List<CheckResult> results = rows.run(
                "dataset.checks.conflictingAnswers: fail",
                "dataset.checks.personalData: fail",
                "dataset.checks.secrets: fail");
        assertThatThrownBy(() -> DatasetChecks.requirePassed(results))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("""
                        dataset.checks: 2 checks failed.
                          conflictingAnswers: train: prompts with more than one answer: 1 (train:62 and train:61). \
                        Decide for one answer.
                          personalData: rows with an e-mail address: 1 (train:63). \
                        Replace them in the data: a model can repeat what it learnt.
                          A check that is set to warn or off lets the build go on.""");
        assertThat(DatasetChecks.warnings(results)).isEmpty();
        assertThat(DatasetChecks.warnings(rows.run()))
                .containsExactly(
                        "train: prompts with more than one answer: 1 (train:62 and train:61)",
                        "rows with an e-mail address: 1 (train:63)");
        assertThat(DatasetChecks.warnings(
                        rows.run("dataset.checks.conflictingAnswers: off", "dataset.checks.personalData: off")))
                .isEmpty();
    }

    @Test
    void nameTheFirstRowsAndCountTheRest() {
        CheckedRows rows = new CheckedRows();
        for (int i = 0; i < 1_200; i++) {
            rows.train("the same", "a");
        }
        assertThat(rows.lines("exactDuplicates"))
                .containsExactly("train: rows that repeat an earlier row: 1,199 (train:2 and train:1; train:3 and"
                        + " train:1; train:4 and train:1; and 1,196 more)");
    }

    @Test
    void countRepeatedTestQuestions() {
        assertThat(new CheckedRows()
                        .test("a", "1")
                        .test("A", "1")
                        .test("a", "2")
                        .lines("exactDuplicates"))
                .containsExactly(
                        "test: rows that repeat the question of an earlier row; acceptance rules count them as one"
                                + " question: 2 (test:2 and test:1; test:3 and test:1)");
    }

    @Test
    void findWhatIsNearlyInTrain() {
        String question = "How long does a transfer to another bank in Europe take on a Sunday";
        CheckedRows rows = new CheckedRows()
                .plain(30)
                .train(question, "left")
                .train(question + "s", "left")
                .test(question + ", please", "left")
                .test("Which documents do I need to open an account?", "right")
                .validation("Tell me: " + question, "left");
        assertThat(rows.lines("nearLeaks"))
                .containsExactly(
                        "validation: questions that are nearly in train: 1 (validation:1 and train:31)",
                        "test: questions that are nearly in train: 1 (test:1 and train:31)");
        assertThat(rows.lines("nearDuplicates"))
                .containsExactly("train: questions that are nearly an earlier one: 1 (train:32 and train:31)");
        CheckResult leaks = rows.run().stream()
                .filter(result -> result.check().equals("nearLeaks"))
                .findFirst()
                .orElseThrow();
        assertThat(leaks.findings().get(1).first().get(0))
                .isEqualTo(new Sighting(
                        List.of("test:1", "train:31"), List.of(question + ", please", question), "88 % the same"));
    }

    @Test
    void findRareUnseenAndMisspeltLabels() {
        CheckedRows rows = new CheckedRows()
                .plain(100)
                .train("rare?", "up")
                .test("new?", "down")
                .test("b?", "Left");
        assertThat(rows.lines("labelImbalance"))
                .containsExactly("train: labels with less than a tenth of an equal share of the rows: 1 (train:101)");
        assertThat(rows.lines("unseenLabels"))
                .containsExactly("test: labels that no training row has: 2 (test:2; test:1)");
        assertThat(rows.lines("labelSpelling"))
                .containsExactly("labels that differ only in case, white space or hyphens: 1 (train:1 and test:2)");
        CheckedRows free = new CheckedRows();
        for (int i = 0; i < 100; i++) {
            free.train("question " + i * 37, "answer " + i);
        }
        assertThat(free.test("q", "other").lines("unseenLabels")).isEmpty();
    }

    @Test
    void findAnswersThatSayNothing() {
        CheckedRows rows = new CheckedRows()
                .train("a", "…", 2)
                .train("b", "--", 2)
                .train("c", "€", 2)
                .train("d", "7", 2);
        assertThat(rows.lines("shortAnswers"))
                .containsExactly("train: answers without a letter, a digit or a symbol: 2 (train:1; train:2)");
        CheckedRows sentences = new CheckedRows();
        for (int i = 0; i < 5; i++) {
            sentences.train("q" + i, "a whole sentence", 20);
        }
        assertThat(sentences.train("f", "Yes", 2).lines("shortAnswers"))
                .containsExactly("train: answers of one token, where most have more than ten: 1 (train:6)");
    }

    @Test
    void findAnswersThatRepeatTheQuestion() {
        String question = "Translate this sentence into German.";
        assertThat(new CheckedRows()
                        .train(question, "translate  this sentence into german.")
                        .train(question, question + " Diesen Satz.")
                        .train("yes", "yes, it is")
                        .train("no", "No")
                        .train(question, "Übersetze diesen Satz.")
                        .lines("copiedPrompts"))
                .containsExactly("train: answers that repeat the question: 3 (train:1; train:2; train:4)");
    }

    @Test
    void findSpecialTokensInQuestionsOnly() {
        CheckedRows rows = new CheckedRows()
                .train("ignore this <|im_end|> and that", "a")
                .train("a < b | c", "<|im_end|>")
                .test("[INST] hi", "a");
        assertThat(rows.specialTokens("<|im_end|>", "[INST]", "  ", "ab").lines("specialTokens"))
                .containsExactly("rows with a special token of the model in the question: 2 (train:1; test:1)");
        assertThat(rows.specialTokens().lines("specialTokens")).isEmpty();
    }

    @Test
    void findBrokenEncodings() {
        CheckedRows rows = new CheckedRows();
        for (String broken : List.of(
                "CafÃ©", "donâ€™t", "5 Â£", "lost \ufffd here", "Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "ðŸ˜€", "ï»¿begin", "a\u0092b")) {
            rows.train(broken, "x");
        }
        assertThat(rows.lines("encoding"))
                .containsExactly("rows with text in the wrong encoding: 8 (train:1; train:2; train:3; and 5 more)");
        for (String sound :
                List.of("Café", "«CAFÉ»", "« À »", "NÃO É", "Âge", "привет", "don’t", "日本語", "a\u0085b", "Ñandú")) {
            assertThat(Mojibake.isBroken(sound)).as(sound).isFalse();
        }
    }

    @Test
    void findRowsInAnotherScript() {
        CheckedRows rows =
                new CheckedRows().plain(60).train("Где моя карта?", "слева").test("カードはどこですか", "左側");
        assertThat(rows.lines("scripts"))
                .containsExactly("rows in another script than nearly all others: 2 (train:61; test:1)");
        CheckedRows mixed = new CheckedRows();
        for (int i = 0; i < 30; i++) {
            mixed.train(i % 2 == 0 ? "a question of mine" : "вопрос у меня", "x" + i);
        }
        assertThat(mixed.lines("scripts")).isEmpty();
    }

    @Test
    void countRowsAgainstTheMethod() {
        assertThat(new CheckedRows().plain(49).lines("fewExamples"))
                .containsExactly("train: too few rows for lora, which needs 50 or more: 49");
        assertThat(new CheckedRows().plain(50).lines("fewExamples")).isEmpty();
    }

    @Test
    void endInBoundedTimeOnHostileTexts() {
        CheckedRows rows = new CheckedRows().plain(60);
        for (String part :
                List.of("a", "1", "+1 ", "@", "a@a.", "eyJ", "://", "DE", "Ã", "4111 ", "-----BEGIN A ", "<|")) {
            rows.train(part.repeat(400_000 / part.length()), "left");
        }
        long start = System.nanoTime();
        assertThat(rows.specialTokens("<|im_end|>").run()).isNotEmpty();
        assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
    }
}
