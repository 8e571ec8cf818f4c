package io.github.ftmaven.runtime.completions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpFailure;
import io.github.ftmaven.runtime.http.HttpMeter;
import io.github.ftmaven.runtime.http.HttpRequests;
import io.github.ftmaven.runtime.http.ProxyHint;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A server with OpenAI's chat completions API. Safe for several threads. */
public final class ChatServer {
    /** How long to try: an answer may take minutes, and a busy server gets a few of them. */
    public static final HttpRequests.Patience PATIENCE =
            new HttpRequests.Patience(Duration.ofMinutes(5), 6, Duration.ofSeconds(1), Duration.ofMinutes(5));

    private static final JsonTrees JSON = Json.lenientTrees();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ChatPlace place;
    private final URI uri;
    private final ApiKey key;
    private final HttpRequests requests;

    /** Prepares questions to a server. */
    public ChatServer(ChatPlace place, ApiKey key, HttpRequests.Patience patience) {
        this.place = place;
        this.uri = place.questions();
        this.key = key;
        this.requests = new HttpRequests(patience);
    }

    /**
     * Asks one question.
     *
     * @throws ChatException if the server cannot be asked any further
     * @throws BudgetException if the meter did not admit the request
     */
    public ChatAnswer ask(ChatRequest question, HttpMeter meter) throws ChatException, BudgetException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        if (key.isPresent()) {
            headers.put("Authorization", "Bearer " + key.secret());
        }
        Stopwatch watch = new Stopwatch(meter);
        String text;
        try {
            text = requests.send(uri, "POST", headers, question.body(), watch);
        } catch (HttpFailure e) {
            return failed(e);
        }
        double seconds = watch.seconds();
        JsonNode answer = json(text);
        JsonNode choice = answer.path("choices").path(0);
        if (!choice.path("message").isObject()) {
            throw new ChatException(
                    name() + " answered without choices[0].message: " + shown(text)
                            + ". Is it a server with OpenAI's chat completions API?",
                    null);
        }
        return answer(question, choice, usage(answer.path("usage"), seconds));
    }

    /** The budget does not allow another request. */
    public static final class BudgetException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private JsonNode json(String text) throws ChatException {
        try {
            return JSON.read(text);
        } catch (JsonProcessingException e) {
            boolean page = text.stripLeading().startsWith("<");
            throw new ChatException(
                    name() + (page ? " answered with a web page" : " did not answer with JSON") + ": " + shown(text)
                            + ". Check " + place.urlKey() + ": it goes up to and includes /v1.",
                    null);
        }
    }

    /** The time of the last attempt, without those before it and their pauses. */
    private static final class Stopwatch implements HttpMeter {
        private final HttpMeter meter;
        private long start;

        private Stopwatch(HttpMeter meter) {
            this.meter = meter;
        }

        @Override
        public boolean admits() {
            start = System.nanoTime();
            return meter.admits();
        }

        @Override
        public void turnedAway() {
            meter.turnedAway();
        }

        private double seconds() {
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static ChatAnswer.Usage usage(JsonNode usage, double seconds) {
        JsonNode input = usage.path("prompt_tokens");
        JsonNode output = usage.path("completion_tokens");
        return input.canConvertToLong() && output.canConvertToLong() && input.asLong() >= 0 && output.asLong() >= 0
                ? new ChatAnswer.Usage(true, input.asLong(), output.asLong(), seconds)
                : new ChatAnswer.Usage(false, 0, 0, seconds);
    }

    private ChatAnswer answer(ChatRequest question, JsonNode choice, ChatAnswer.Usage usage) {
        JsonNode said = choice.path("message");
        String finish = choice.path("finish_reason").asText();
        String content = said.path("content").asText("");
        boolean calls =
                said.path("tool_calls").isArray() && !said.path("tool_calls").isEmpty();
        ChatAnswer none = new ChatAnswer(ChatOutcome.EMPTY, NODES.objectNode(), usage, "");
        ObjectNode message = NODES.objectNode().put("role", "assistant").put("content", content);
        if (finish.equals("length")) {
            return new ChatAnswer(ChatOutcome.CUT_OFF, message, usage, "");
        } else if (finish.equals("content_filter")) {
            return none.with(ChatOutcome.FILTERED, "");
        } else if (said.path("refusal").isTextual()
                && !said.path("refusal").textValue().isBlank()) {
            return none.with(ChatOutcome.DECLINED, shown(said.path("refusal").textValue()));
        } else if (calls && !question.takesCalls()) {
            return none.with(ChatOutcome.CALLS, "");
        } else if (content.isBlank() && !calls) {
            return none;
        }
        if (calls) {
            message.set("tool_calls", said.path("tool_calls"));
        }
        return new ChatAnswer(ChatOutcome.ANSWERED, message, usage, "");
    }

    private ChatAnswer failed(HttpFailure failure) throws ChatException, BudgetException {
        if (failure.kind() == HttpFailure.Kind.NOT_ALLOWED) {
            throw new BudgetException();
        }
        if (failure.status() == 0) {
            throw new ChatException(
                    place.title() + " " + failure.getMessage() + "."
                            + ProxyHint.of(uri.getScheme(), System.getenv(), System::getProperty),
                    null);
        }
        String message = name() + " answered with status " + failure.status() + ": " + shown(failure.body())
                + failure.note() + ".";
        if (failure.kind() != HttpFailure.Kind.REFUSED) {
            throw new ChatException(message, null);
        }
        String advice = switch (failure.status()) {
            case 401 -> " Check the API key (" + key.origin() + ").";
            case 402, 429 -> " The account has no credit left.";
            case 403 -> " The API key (" + key.origin() + ") may not use this model.";
            case 404, 405 -> " " + place.notFound();
            default -> null;
        };
        if (advice == null && failure.status() / 100 == 4) {
            // About this prompt: too long, not allowed, or not in a form that the server takes.
            ChatOutcome outcome =
                    failure.body().contains("content_filter") ? ChatOutcome.FILTERED : ChatOutcome.REJECTED;
            return new ChatAnswer(outcome, NODES.objectNode(), ChatAnswer.Usage.UNKNOWN, message);
        }
        throw new ChatException(
                message + Objects.requireNonNullElse(advice, ""),
                null); // Maven prints causes, and this one may quote the key
    }

    private String name() {
        return place.title() + " " + place.server();
    }

    private String shown(String text) {
        return Sensitive.mask(HttpRequests.shortened(key.hide(text)));
    }
}
