package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.completions.AnswerCache;
import io.github.ftmaven.runtime.completions.ChatAnswer;
import io.github.ftmaven.runtime.completions.ChatOutcome;
import io.github.ftmaven.runtime.completions.ChatPlace;
import io.github.ftmaven.runtime.completions.ChatRequest;
import io.github.ftmaven.runtime.completions.ChatServer;
import io.github.ftmaven.runtime.completions.Interview;
import io.github.ftmaven.runtime.completions.Spending;
import io.github.ftmaven.runtime.dataset.DistilledRows;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.hosted.HostedSettings;
import io.github.ftmaven.runtime.http.HttpRequests.Patience;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.spec.BudgetSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models at a service that keeps the weights. They are asked through the chat protocol: a few questions at a time, within
 * the budget of the spec, and never twice, because answers are on disk before the next question.
 */
final class ServedModels {
    private static final int THREADS = 4;
    private static final JsonTrees JSON = Json.lenientTrees();

    private final HostedSettings settings;
    private final BudgetSpec budget;
    private final Patience patience;
    private final Spending spending;
    private final AnswerCache cache;
    private final Events events;
    private final long seed;
    private final int longest;

    /**
     * Prepares questions.
     *
     * @param budget what all answers together may cost
     * @param answers the directory where they are kept
     */
    ServedModels(Job job, HostedSettings settings, BudgetSpec budget, Path answers, Patience patience, Events events) {
        this.settings = settings;
        this.budget = budget;
        this.patience = patience;
        this.spending = new Spending(budget);
        this.cache = new AnswerCache(answers);
        this.events = events;
        this.seed = job.spec().training().seed();
        this.longest = Objects.requireNonNull(job.spec().evaluation().answers().maxNewTokens(), "maxNewTokens");
    }

    /**
     * A model.
     *
     * @param provider its name in scores
     * @param name the name by which the service is asked
     * @param notFound the advice where the service does not know it
     */
    record Model(String provider, String name, String notFound) {}

    /** Questions to one model. */
    record Batch(Model model, List<Conversation> questions) {}

    /**
     * Says what questions would cost.
     *
     * @throws InvalidInputException if the budget does not allow them; nothing was asked then
     */
    void plan(String what, List<Batch> batches) {
        Map<String, ChatRequest> all = new LinkedHashMap<>();
        int questions = 0;
        for (Batch batch : batches) {
            questions += batch.questions().size();
            batch.questions().forEach(question -> {
                ChatRequest request = request(batch.model(), question);
                all.put(request.digest(), request);
            });
        }
        List<ChatRequest> open = open(all);
        if (open.isEmpty()) {
            events.info(settings.place() + " answered all " + Counted.of(questions, "question") + " of " + what
                    + " before. Nothing is asked again.");
            return;
        }
        long input = open.stream().mapToLong(ChatRequest::inputTokens).sum();
        long output = open.stream().mapToLong(ChatRequest::outputTokens).sum();
        double most = spending.price(input, output);
        events.info(settings.place() + " is asked " + Counted.of(open.size(), "question") + " of " + what
                + (open.size() < all.size() ? ", and answered " + (all.size() - open.size()) + " before" : "")
                + ": about "
                + Counted.of(input, "token") + " to send, and at most " + output + " to receive"
                + (budget.price() == null ? "." : String.format(Locale.ROOT, ", for at most %.4f.", most)));
        requireBudget(open.size(), most);
    }

    private void requireBudget(int requests, double most) {
        Integer mostRequests = budget.maxRequests();
        if (mostRequests != null && spending.requests() + requests > mostRequests) {
            throw new InvalidInputException(settings.name("evaluation.maxRequests") + " is " + mostRequests
                    + ", but the evaluation has " + (spending.requests() + requests) + " questions to ask. Nothing more"
                    + " was asked. Raise it, or name fewer questions or baselines.");
        }
        Double mostPrice = budget.maxPrice();
        if (mostPrice != null && spending.most() + most > mostPrice) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%s is %.4f, but the answers may cost %.4f. Nothing more was asked. Raise it, lower"
                            + " evaluation.maxNewTokens, or name fewer questions or baselines.",
                    settings.name("evaluation.maxPrice"),
                    mostPrice,
                    spending.most() + most));
        }
    }

    /**
     * Asks a model, except what it answered before.
     *
     * @return the answers in the order of the questions
     * @throws io.github.ftmaven.runtime.completions.ChatException if the service cannot be asked any further
     * @throws InvalidInputException if the budget does not allow it, or the service rejects a question
     */
    List<ChatAnswer> ask(Model model, List<Conversation> questions) throws IOException {
        List<ChatRequest> requests =
                questions.stream().map(question -> request(model, question)).toList();
        Map<String, ChatRequest> all = new LinkedHashMap<>();
        requests.forEach(request -> all.put(request.digest(), request));
        Map<String, ChatAnswer> answers = new ConcurrentHashMap<>();
        all.keySet().forEach(digest -> cache.find(digest).ifPresent(answer -> answers.put(digest, answer)));
        List<ChatRequest> open = all.values().stream()
                .filter(request -> !answers.containsKey(request.digest()))
                .toList();
        requireBudget(
                open.size(),
                open.stream()
                        .mapToDouble(request -> spending.price(request.inputTokens(), request.outputTokens()))
                        .sum());
        ChatPlace place =
                new ChatPlace(settings.base().toString(), "The service", settings.name("url"), model.notFound());
        new Interview(THREADS, new ChatServer(place, settings.key(), patience), cache, spending, answers)
                .run(
                        open,
                        questions.size(), // each is looked at below
                        (done, total) -> events.progress(
                                new Event.Progress("Asking " + model.provider(), done, total, null, null, null)));
        if (spending.isExhausted()) {
            throw new InvalidInputException(settings.name("evaluation")
                    + ": its bound is reached, because requests were repeated or took more tokens than estimated. The"
                    + " answers are kept: the next build goes on from there.");
        }
        List<ChatAnswer> ordered = new ArrayList<>();
        for (ChatRequest request : requests) {
            ordered.add(Objects.requireNonNull(answers.get(request.digest())));
        }
        tell(model, ordered);
        return ordered;
    }

    /** An answer that says nothing counts as wrong. A question that was not taken has none. */
    private void tell(Model model, List<ChatAnswer> answers) {
        Map<ChatOutcome, Integer> others = new EnumMap<>(ChatOutcome.class);
        for (ChatAnswer answer : answers) {
            if (answer.outcome() == ChatOutcome.REJECTED) {
                throw new InvalidInputException("A question to " + model.provider() + " was rejected: "
                        + answer.detail() + " The other answers are kept.");
            }
            if (answer.outcome() != ChatOutcome.ANSWERED) {
                others.merge(answer.outcome(), 1, Integer::sum);
            }
        }
        others.forEach((outcome, count) -> events.warn(model.provider() + ": " + count + " of "
                + Counted.of(answers.size(), "answer") + (count == 1 ? " is " : " are ") + outcome.text()
                + (outcome == ChatOutcome.CUT_OFF
                        ? " (evaluation.maxNewTokens is " + longest + "), and judged as far as they go."
                        : ", which counts as wrong.")));
    }

    private List<ChatRequest> open(Map<String, ChatRequest> all) {
        return all.values().stream()
                .filter(request -> cache.find(request.digest()).isEmpty())
                .toList();
    }

    private ChatRequest request(Model model, Conversation question) {
        ObjectNode body = JsonTrees.object().put("model", model.name());
        ArrayNode messages = body.putArray("messages");
        for (Message message : question.messages()) {
            messages.add(DistilledRows.json(message));
        }
        if (question.tools() != null) {
            body.set("tools", question.tools());
        }
        body.put("temperature", 0).put("seed", seed).put("max_completion_tokens", longest);
        return ChatRequest.to(
                settings.base().toString(),
                text(body),
                false,
                ChatRequest.estimate(
                        text(messages) + (question.tools() == null ? "" : text(question.tools())), messages.size()),
                longest);
    }

    private static String text(JsonNode json) {
        try {
            return Json.whole(JSON.write(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}
