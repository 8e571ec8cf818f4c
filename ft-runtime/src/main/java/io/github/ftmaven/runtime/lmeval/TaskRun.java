package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.lmeval.LanguageModel.Continuation;
import io.github.ftmaven.runtime.lmeval.LanguageModel.Likelihood;
import io.github.ftmaven.runtime.python.RegexCostException;
import io.github.ftmaven.runtime.template.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one task with a model. */
final class TaskRun {
    private final TaskConfig task;
    private final Contexts contexts;
    private final List<Document> documents;

    TaskRun(TaskConfig task) {
        this.task = task;
        this.contexts = new Contexts(task);
        this.documents = contexts.documents();
    }

    /**
     * Evaluates all documents.
     *
     * @param bootstrap the number of resamples for standard errors
     */
    TaskResult ask(LanguageModel model, int bootstrap) {
        DocumentScores scores = new DocumentScores(task, contexts);
        Map<String, List<Sample>> samples = switch (task.requests().type()) {
            case MULTIPLE_CHOICE -> Map.of("none", choices(model, scores));
            case LOGLIKELIHOOD -> Map.of("none", likelihoods(model, scores));
            case LOGLIKELIHOOD_ROLLING -> Map.of("none", rolling(model, scores));
            case GENERATE_UNTIL -> generated(model, scores);
        };
        return TaskResult.of(task, samples, contexts.size(), bootstrap);
    }

    /**
     * Builds every prompt.
     *
     * @throws InvalidInputException if a document does not fit the task
     */
    void check() {
        DocumentScores scores = new DocumentScores(task, contexts);
        for (Document document : documents) {
            contexts.context(document);
            if (task.requests().type() == TaskConfig.OutputType.MULTIPLE_CHOICE) {
                scores.rightChoices(document);
            } else if (task.requests().type() == TaskConfig.OutputType.GENERATE_UNTIL) {
                scores.texts(document, contexts.target(document));
            }
        }
    }

    private List<Sample> choices(LanguageModel model, DocumentScores scores) {
        boolean input = contexts.multipleInput();
        boolean mutual =
                task.scoring().metrics().stream().anyMatch(metric -> metric.kind() == MetricKind.ACC_MUTUAL_INFO);
        String delimiter = task.prompting().targetDelimiter();
        List<List<Continuation>> asked = new ArrayList<>();
        for (Document document : documents) {
            String context = contexts.context(document);
            List<Continuation> requests = new ArrayList<>();
            String prefix = input ? contexts.prefix(document) : "";
            for (String choice : contexts.choices(document)) {
                requests.add(
                        input
                                ? new Continuation(
                                        context + choice + prefix, delimiter + Values.text(contexts.target(document)))
                                : new Continuation(context, delimiter + choice));
            }
            if (mutual) {
                contexts.choices(document).forEach(choice -> requests.add(new Continuation("", delimiter + choice)));
            }
            asked.add(requests);
        }
        List<Likelihood> answers =
                model.loglikelihood(asked.stream().flatMap(List::stream).toList());
        List<Sample> samples = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < documents.size(); i++) {
            List<Likelihood> own = answers.subList(next, next + asked.get(i).size());
            next += own.size();
            Document document = documents.get(i);
            samples.add(sample(
                    i,
                    scores.rightChoices(document),
                    scores.chosen(document, own),
                    pairs(asked.get(i)),
                    List.copyOf(own),
                    scores.choice(document, own)));
        }
        return samples;
    }

    private List<Sample> likelihoods(LanguageModel model, DocumentScores scores) {
        List<Continuation> asked = new ArrayList<>();
        for (Document document : documents) {
            if (!(contexts.target(document) instanceof String target)) {
                throw new InvalidInputException(document.source() + ": doc_to_target returns "
                        + Values.text(contexts.target(document)) + ", but must return text.");
            }
            asked.add(new Continuation(contexts.context(document), target));
        }
        List<Likelihood> answers = model.loglikelihood(asked);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            samples.add(sample(
                    i,
                    asked.get(i).continuation(),
                    "",
                    pairs(List.of(asked.get(i))),
                    List.of(answers.get(i)),
                    scores.likelihood(answers.get(i))));
        }
        return samples;
    }

    private List<Sample> rolling(LanguageModel model, DocumentScores scores) {
        List<String> texts = new ArrayList<>();
        for (Document document : documents) {
            contexts.context(document);
            texts.add(Values.text(contexts.target(document)));
        }
        List<Double> answers = model.loglikelihoodRolling(texts);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            samples.add(sample(
                    i,
                    "",
                    "",
                    List.of(List.of(texts.get(i))),
                    List.of(answers.get(i)),
                    scores.rolling(documents.get(i), answers.get(i), texts.get(i))));
        }
        return samples;
    }

    private Map<String, List<Sample>> generated(LanguageModel model, DocumentScores scores) {
        List<String> prompts = documents.stream().map(contexts::context).toList();
        // Greedy answers to one question are identical.
        List<String> answers = model.generateUntil(
                prompts,
                task.requests().generation().until(),
                task.requests().generation().maxTokens());
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (FilterPipeline filter : task.scoring().filters()) {
            List<Sample> own = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
                Document document = documents.get(i);
                List<String> repeated = Collections.nCopies(task.requests().repeats(), answers.get(i));
                String filtered = "";
                String error = null;
                Map<MetricKind, double[]> parts;
                try {
                    filtered = filter.apply(repeated, document);
                    parts = scores.generated(document, filtered);
                } catch (AnswerException | RegexCostException e) {
                    error = document.source() + ": " + e.getMessage();
                    parts = scores.missed(document);
                }
                own.add(new Sample(
                        i,
                        document,
                        contexts.asked(document),
                        new Sample.Target(
                                contexts.target(document),
                                scores.texts(document, contexts.target(document))
                                        .get(0)),
                        new Sample.Exchange(
                                List.of(List.of(
                                        prompts.get(i),
                                        Values.of(task.requests().generation().json()))),
                                List.of(List.copyOf(repeated))),
                        new Sample.Answer(filtered, List.of(filtered), error),
                        parts));
            }
            samples.put(filter.name(), own);
        }
        return samples;
    }

    private Sample sample(
            int i,
            String expected,
            String answer,
            List<List<Object>> requests,
            List<Object> answers,
            Map<MetricKind, double[]> scores) {
        List<List<Object>> repeated = answers.stream()
                .map(each -> List.copyOf(Collections.nCopies(task.requests().repeats(), each)))
                .toList();
        Document document = documents.get(i);
        return new Sample(
                i,
                document,
                contexts.asked(document),
                new Sample.Target(contexts.target(document), expected),
                new Sample.Exchange(requests, repeated),
                new Sample.Answer(answer, answers, null),
                scores);
    }

    private static List<List<Object>> pairs(List<Continuation> requests) {
        return requests.stream()
                .map(request -> List.<Object>of(request.context(), request.continuation()))
                .toList();
    }
}
