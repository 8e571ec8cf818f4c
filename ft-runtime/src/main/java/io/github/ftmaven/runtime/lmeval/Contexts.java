package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.lmeval.TaskConfig.FewShot;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Prompting;
import io.github.ftmaven.runtime.python.Characters;
import io.github.ftmaven.runtime.template.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Builds a task's prompts: description, examples, question. As in lm-eval, one random generator draws the examples for
 * all documents in order, so a document's examples depend on the number of earlier documents.
 */
final class Contexts {
    /** lm-eval's seed for examples. */
    static final int SEED = 1234;

    private final TaskConfig task;
    private final List<Document> documents;
    private final List<Document> examples;
    private final PythonRandom random = new PythonRandom(SEED);

    Contexts(TaskConfig task) {
        this.task = task;
        TaskDocuments evaluated = Objects.requireNonNull(
                task.splits().documents().get(task.splits().evaluated()));
        Set<String> columns = new LinkedHashSet<>();
        evaluated.rows().get(0).keySet().forEach(key -> columns.add(String.valueOf(key)));
        this.documents = documents(evaluated, columns);
        this.examples = examples(columns);
    }

    private static List<Document> documents(TaskDocuments rows, Set<String> columns) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            documents.add(new Document(rows.sources().get(i), rows.rows().get(i), columns));
        }
        return documents;
    }

    private List<Document> examples(Set<String> columns) {
        FewShot fewShot = task.fewShot();
        List<Map<Object, Object>> samples = fewShot.samples();
        if (samples != null) {
            List<Document> given = new ArrayList<>();
            samples.forEach(sample -> given.add(new Document(task.place(), sample, columns)));
            return given;
        }
        String split = task.splits().shown();
        if (split == null) {
            return List.of();
        }
        List<Document> all =
                documents(Objects.requireNonNull(task.splits().documents().get(split)), columns);
        return all;
    }

    /** The evaluated documents. */
    List<Document> documents() {
        return documents.subList(0, count());
    }

    /** The number of documents in the split. */
    int size() {
        return documents.size();
    }

    private int count() {
        Integer limit = task.splits().limit();
        return limit == null ? documents.size() : Math.min(limit, documents.size());
    }

    private boolean hasChoices() {
        return task.prompting().choice() != null;
    }

    /** A document's target. */
    Object target(Document document) {
        return task.prompting().target().target(document, hasChoices());
    }

    /** A document's question: text, or the index of a choice. */
    Object question(Document document) {
        Field text = task.prompting().text();
        return text == null ? "" : text.text(document, hasChoices());
    }

    List<String> choices(Document document) {
        return Objects.requireNonNull(task.prompting().choice()).choices(document);
    }

    /** Whether the choices are contexts, all followed by the target. */
    boolean multipleInput() {
        return hasChoices() && question(documents.get(0)) instanceof Long;
    }

    /** Whether a document has several right answers. */
    boolean multipleTarget() {
        return target(documents.get(0)) instanceof List<?> list && !list.isEmpty();
    }

    /** A document's prompt, without the choice where choices are contexts. Must be called in the documents' order. */
    String context(Document document) {
        Prompting prompting = task.prompting();
        Field description = prompting.description();
        StringBuilder context = new StringBuilder(description == null ? "" : description.string(document));
        if (task.fewShot().count() > 0) {
            shown(document).forEach(example -> context.append(example(example)));
        }
        if (multipleInput()) {
            return context.toString();
        }
        String question = questionText(document, question(document));
        return context.append(question)
                .append(delimiter(question, prefix(document), prompting.targetDelimiter()))
                .append(prefix(document))
                .toString();
    }

    /** A document's {@code gen_prefix}; empty for none. */
    String prefix(Document document) {
        Field prefix = task.prompting().prefix();
        return prefix == null ? "" : prefix.string(document);
    }

    /** The separator of two texts: empty if there is already white space, or one of them is empty. */
    private static String delimiter(String before, String behind, String delimiter) {
        boolean apart = !before.isEmpty()
                && !behind.isEmpty()
                && !Characters.isSpace(before.charAt(before.length() - 1))
                && !Characters.isSpace(behind.charAt(0));
        return apart ? delimiter : "";
    }

    /** A document's input by itself: the question, then the choices; or the text whose likelihood is measured. */
    List<String> asked(Document document) {
        List<String> asked = new ArrayList<>();
        if (!multipleInput()) {
            asked.add(questionText(document, question(document)));
        }
        if (hasChoices()) {
            asked.addAll(choices(document));
        } else if (task.requests().type() == TaskConfig.OutputType.LOGLIKELIHOOD_ROLLING) {
            asked.add(Values.text(target(document)));
        }
        return asked;
    }

    private String questionText(Document document, Object question) {
        if (question instanceof String text) {
            return text;
        }
        throw new InvalidInputException(document.source() + ": doc_to_text returns " + Values.text(question)
                + ", but must return text. Use a template, such as {{column}}.");
    }

    private static String choice(List<String> choices, long number, Document document) {
        long place = number < 0 ? choices.size() + number : number;
        if (place < 0 || place >= choices.size()) {
            throw new InvalidInputException(document.source() + ": the answer is choice " + number + ", but the "
                    + choices.size() + " choices count from 0.");
        }
        return choices.get((int) place);
    }

    /** The examples before a question, excluding the question itself. */
    private List<Document> shown(Document document) {
        FewShot fewShot = task.fewShot();
        boolean itself = task.splits().sameSplit();
        int spare = itself && !fewShot.firstN() ? 1 : 0;
        if (fewShot.count() > examples.size() - spare) {
            throw tooFew(spare > 0, examples.size());
        }
        int wanted = fewShot.count() + spare;
        List<Document> drawn = (fewShot.firstN() ? examples : drawn(examples, wanted))
                .stream()
                        .filter(example -> !itself || !example.sameAs(document))
                        .limit(fewShot.count())
                        .toList();
        if (drawn.size() == fewShot.count()) {
            return drawn;
        }
        List<Document> others =
                examples.stream().filter(example -> !example.sameAs(document)).toList();
        if (others.size() < fewShot.count()) {
            throw tooFew(false, others.size());
        }
        return drawn(others, fewShot.count()); // the split has the question more than once
    }

    private InvalidInputException tooFew(boolean oneMore, int there) {
        return new InvalidInputException(task.place() + ": num_fewshot is "
                + task.fewShot().count()
                + (oneMore ? ", plus one in case an example is the question itself" : "")
                + ", but there " + (there == 1 ? "is only " : "are only ") + Counted.of(there, "document")
                + " available.");
    }

    private List<Document> drawn(List<Document> pool, int count) {
        List<Document> drawn = new ArrayList<>();
        for (int place : random.sample(pool.size(), count)) {
            drawn.add(pool.get(place));
        }
        return drawn;
    }

    private String example(Document example) {
        FewShot fewShot = task.fewShot();
        Prompting prompting = task.prompting();
        Field text = fewShot.text() == null ? prompting.text() : fewShot.text();
        Field target = fewShot.target() == null ? prompting.target() : fewShot.target();
        Object asked = text == null ? "" : text.text(example, hasChoices());
        String question = asked instanceof Long number && multipleInput()
                ? choice(exampleChoices(example), number, example)
                : questionText(example, asked);
        String prefix = fewShot.prefix() == null ? "" : fewShot.prefix().string(example);
        Object answer = target.target(example, hasChoices());
        if (answer.equals("")) {
            return question + delimiter(question, prefix, fewShot.targetDelimiter()) + prefix;
        }
        String given = answer(example, answer);
        return question
                + (prefix.isEmpty()
                        ? fewShot.targetDelimiter()
                        : delimiter(question, prefix, fewShot.targetDelimiter()))
                + prefix
                + delimiter(prefix, given, " ")
                + given
                + fewShot.delimiter();
    }

    private List<String> exampleChoices(Document example) {
        Field own = task.fewShot().choice();
        return own == null ? choices(example) : own.choices(example);
    }

    private String answer(Document example, Object answer) {
        if (answer instanceof List<?> list && !list.isEmpty()) {
            return Values.text(list.get(0));
        }
        if (answer instanceof String text) {
            return text;
        }
        if (answer instanceof Long number && hasChoices()) {
            return choice(exampleChoices(example), number, example);
        }
        throw new InvalidInputException(example.source() + ": doc_to_target returns " + Values.text(answer)
                + " for an example, but must return text. Use a template, such as {{column}}.");
    }

    /** The index of the choice that a number or text means; -1 if there is none. */
    static int gold(Object gold, List<String> choices) {
        if (gold instanceof Long number) {
            return number >= 0 && number < choices.size() ? (int) (long) number : -1;
        }
        return gold instanceof String text ? choices.indexOf(text) : -1;
    }
}
