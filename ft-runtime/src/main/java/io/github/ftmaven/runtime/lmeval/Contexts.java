package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.lmeval.TaskConfig.FewShot;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Prompting;
import io.github.ftmaven.runtime.template.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of a task: description, examples, question. Examples are drawn by one generator for all documents in their
 * order, so that a document's depend on how many were asked before it; as in lm-eval.
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
        Documents evaluated = Objects.requireNonNull(
                task.splits().documents().get(task.splits().evaluated()));
        Set<String> columns = new LinkedHashSet<>();
        evaluated.rows().get(0).keySet().forEach(key -> columns.add(String.valueOf(key)));
        this.documents = documents(evaluated, columns);
        this.examples = examples(columns);
    }

    private static List<Document> documents(Documents rows, Set<String> columns) {
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
        if (fewShot.indices().isEmpty()) {
            return all;
        }
        List<Document> chosen = new ArrayList<>();
        for (int index : fewShot.indices()) {
            if (index >= all.size()) {
                throw new InvalidInputException(task.place() + ": fewshot_config.fewshot_indices names " + index
                        + ", but the split has " + all.size() + " documents, counted from 0.");
            }
            chosen.add(all.get(index));
        }
        return chosen;
    }

    /** The documents that are asked. */
    List<Document> documents() {
        return documents.subList(0, count());
    }

    /** How many documents the split has. */
    int size() {
        return documents.size();
    }

    private int count() {
        Integer limit = task.limit();
        return limit == null ? documents.size() : Math.min(limit, documents.size());
    }

    private boolean hasChoices() {
        return task.prompting().choice() != null;
    }

    /** What is expected of a document. */
    Object target(Document document) {
        return task.prompting().target().target(document, hasChoices());
    }

    /** The question of a document: text, or the number of a choice. */
    Object question(Document document) {
        Field text = task.prompting().text();
        return text == null ? "" : text.text(document, hasChoices());
    }

    List<String> choices(Document document) {
        return Objects.requireNonNull(task.prompting().choice()).choices(document);
    }

    /** Whether the choices are contexts, and the target is what follows each of them. */
    boolean multipleInput() {
        return hasChoices() && question(documents.get(0)) instanceof Long;
    }

    /** Whether a document has several right answers. */
    boolean multipleTarget() {
        return target(documents.get(0)) instanceof List<?> list && !list.isEmpty();
    }

    /** The prompt of a document. To be asked for in the documents' order. */
    String context(Document document) {
        Prompting prompting = task.prompting();
        Field description = prompting.description();
        Field prefixed = prompting.prefix();
        String prefix = prefixed == null ? null : prefixed.string(document);
        StringBuilder context = new StringBuilder(description == null ? "" : description.rendered(document));
        if (task.fewShot().count() > 0) {
            context.append(shown(document, prefix));
        }
        if (multipleInput()) {
            return context.toString();
        }
        context.append(questionText(document, question(document)));
        return context.append(prefix == null ? "" : prompting.targetDelimiter() + prefix)
                .toString();
    }

    /** What a document asks by itself: the question, then the choices; of a text that is only weighed, that text. */
    List<String> asked(Document document) {
        List<String> asked = new ArrayList<>();
        if (!multipleInput()) {
            asked.add(questionText(document, question(document)));
        }
        if (hasChoices()) {
            asked.addAll(choices(document));
        } else if (task.outputType() == TaskConfig.OutputType.LOGLIKELIHOOD_ROLLING) {
            asked.add(Values.text(target(document)));
        }
        return asked;
    }

    private String questionText(Document document, Object question) {
        if (question instanceof String text) {
            return text;
        }
        if (question instanceof Long number) {
            return hasChoices() ? choice(choices(document), number, document) : number.toString();
        }
        throw new InvalidInputException(document.source() + ": doc_to_text gives " + Values.text(question)
                + ", where text or a whole number is wanted.");
    }

    private static String choice(List<String> choices, long number, Document document) {
        long place = number < 0 ? choices.size() + number : number;
        if (place < 0 || place >= choices.size()) {
            throw new InvalidInputException(
                    document.source() + ": names the choice " + number + " of " + choices.size() + ", counted from 0.");
        }
        return choices.get((int) place);
    }

    private String shown(Document document, @Nullable String prefix) {
        FewShot fewShot = task.fewShot();
        int wanted = fewShot.count() + (task.splits().sameSplit() ? 1 : 0);
        if (wanted > examples.size()) {
            throw new InvalidInputException(task.place() + ": num_fewshot is " + fewShot.count()
                    + (task.splits().sameSplit() ? ", and one more is drawn in case it is the question itself" : "")
                    + ", but there are only " + examples.size() + " documents to draw from.");
        }
        List<Document> drawn = new ArrayList<>();
        if (fewShot.firstN()) {
            drawn.addAll(examples.subList(0, wanted));
        } else {
            for (int place : random.sample(examples.size(), wanted)) {
                drawn.add(examples.get(place));
            }
        }
        StringBuilder text = new StringBuilder();
        drawn.stream()
                .filter(example -> !example.sameAs(document))
                .limit(fewShot.count())
                .forEach(example -> text.append(example(example, prefix)));
        return text.toString();
    }

    private String example(Document example, @Nullable String prefix) {
        FewShot fewShot = task.fewShot();
        Prompting prompting = task.prompting();
        Field text = fewShot.text() == null ? prompting.text() : fewShot.text();
        Field target = fewShot.target() == null ? prompting.target() : fewShot.target();
        Object question = text == null ? "" : text.text(example, hasChoices());
        Object answer = target.target(example, hasChoices());
        StringBuilder shown = new StringBuilder();
        shown.append(
                question instanceof Long number && hasChoices()
                        ? choice(exampleChoices(example), number, example)
                        : questionText(example, question));
        if (!answer.equals("")) {
            shown.append(prompting.targetDelimiter());
            shown.append(prefix == null || prefix.isEmpty() ? "" : prefix + " ");
            shown.append(answer(example, answer));
            shown.append(prompting.fewShotDelimiter());
        }
        return shown.toString();
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
        throw new InvalidInputException(example.source() + ": doc_to_target gives " + Values.text(answer)
                + " for an example, where text is wanted. Write a template, as {{column}}.");
    }

    /** The choice that a number or text names; -1 where it names none. */
    static int gold(Object gold, List<String> choices) {
        if (gold instanceof Long number) {
            return number < choices.size() && number >= -choices.size()
                    ? (int) (number < 0 ? choices.size() + number : number)
                    : -1;
        }
        return gold instanceof String text ? choices.indexOf(text) : -1;
    }
}
