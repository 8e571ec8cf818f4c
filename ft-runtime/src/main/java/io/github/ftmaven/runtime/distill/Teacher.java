package io.github.ftmaven.runtime.distill;

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
import io.github.ftmaven.runtime.spec.TeacherSpec;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A model on a server with OpenAI's chat completions API. Safe for several threads. */
final class Teacher {
    /** How long to try: an answer may take minutes, and a busy server gets a few of them. */
    static final HttpRequests.Patience PATIENCE =
            new HttpRequests.Patience(Duration.ofMinutes(5), 6, Duration.ofSeconds(1), Duration.ofMinutes(5));

    private static final JsonTrees JSON = Json.lenientTrees();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final URI uri;
    private final ApiKey key;
    private final HttpRequests requests;

    Teacher(TeacherSpec spec, ApiKey key, HttpRequests.Patience patience) {
        this.uri = URI.create(spec.url().replaceFirst("/+$", "") + "/chat/completions");
        this.key = key;
        this.requests = new HttpRequests(patience);
    }

    /** The server of a teacher as messages and rows name it. */
    static String server(TeacherSpec spec) {
        return HttpRequests.server(URI.create(spec.url()));
    }

    /**
     * Asks one question.
     *
     * @throws TeacherException if the server cannot be asked any further
     * @throws BudgetException if the meter did not admit the request
     */
    TeacherAnswer ask(TeacherQuestion question, HttpMeter meter) throws TeacherException, BudgetException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        if (key.isPresent()) {
            headers.put("Authorization", "Bearer " + key.secret());
        }
        String text;
        try {
            text = requests.send(uri, "POST", headers, question.body(), meter);
        } catch (HttpFailure e) {
            return failed(e);
        }
        JsonNode answer = json(text);
        JsonNode choice = answer.path("choices").path(0);
        if (!choice.path("message").isObject()) {
            throw new TeacherException(
                    name() + " answered without choices[0].message: " + shown(text)
                            + ". Is it a server with OpenAI's chat completions API?",
                    null);
        }
        return answer(question, choice, usage(answer.path("usage")));
    }

    /** The budget does not allow another request. */
    static final class BudgetException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private JsonNode json(String text) throws TeacherException {
        try {
            return JSON.read(text);
        } catch (JsonProcessingException e) {
            boolean page = text.stripLeading().startsWith("<");
            throw new TeacherException(
                    name() + (page ? " answered with a web page" : " did not answer with JSON") + ": " + shown(text)
                            + ". Check distill.teacher.url: it goes up to and includes /v1.",
                    null);
        }
    }

    private static TeacherAnswer.Usage usage(JsonNode usage) {
        JsonNode input = usage.path("prompt_tokens");
        JsonNode output = usage.path("completion_tokens");
        return input.canConvertToLong() && output.canConvertToLong() && input.asLong() >= 0 && output.asLong() >= 0
                ? new TeacherAnswer.Usage(true, input.asLong(), output.asLong())
                : TeacherAnswer.Usage.UNKNOWN;
    }

    private TeacherAnswer answer(TeacherQuestion question, JsonNode choice, TeacherAnswer.Usage usage) {
        JsonNode said = choice.path("message");
        String finish = choice.path("finish_reason").asText();
        String content = said.path("content").asText("");
        boolean calls =
                said.path("tool_calls").isArray() && !said.path("tool_calls").isEmpty();
        TeacherAnswer none = new TeacherAnswer(TeacherOutcome.EMPTY, NODES.objectNode(), usage, "");
        if (finish.equals("length")) {
            return none.with(TeacherOutcome.CUT_OFF, "");
        } else if (finish.equals("content_filter")) {
            return none.with(TeacherOutcome.FILTERED, "");
        } else if (said.path("refusal").isTextual()
                && !said.path("refusal").textValue().isBlank()) {
            return none.with(TeacherOutcome.DECLINED, shown(said.path("refusal").textValue()));
        } else if (calls && !question.row().takesCalls()) {
            return none.with(TeacherOutcome.CALLS, "");
        } else if (content.isBlank() && !calls) {
            return none;
        }
        ObjectNode message = NODES.objectNode().put("role", "assistant").put("content", content);
        if (calls) {
            message.set("tool_calls", said.path("tool_calls"));
        }
        return new TeacherAnswer(TeacherOutcome.ANSWERED, message, usage, "");
    }

    private TeacherAnswer failed(HttpFailure failure) throws TeacherException, BudgetException {
        if (failure.kind() == HttpFailure.Kind.NOT_ALLOWED) {
            throw new BudgetException();
        }
        if (failure.status() == 0) {
            throw new TeacherException(
                    "The teacher's server " + failure.getMessage() + "."
                            + ProxyHint.of(uri.getScheme(), System.getenv(), System::getProperty),
                    null);
        }
        String message = name() + " answered with status " + failure.status() + ": " + shown(failure.body())
                + failure.note() + ".";
        if (failure.kind() != HttpFailure.Kind.REFUSED) {
            throw new TeacherException(message, null);
        }
        String advice = switch (failure.status()) {
            case 401 -> " Check the API key (" + key.origin() + ").";
            case 402, 429 -> " The account has no credit left.";
            case 403 -> " The API key (" + key.origin() + ") may not use this model.";
            case 404, 405 -> " Check distill.teacher.model, and that distill.teacher.url goes up to and includes /v1.";
            default -> null;
        };
        if (advice == null && failure.status() / 100 == 4) {
            // About this prompt: too long, not allowed, or not in a form that the server takes.
            return new TeacherAnswer(TeacherOutcome.REJECTED, NODES.objectNode(), TeacherAnswer.Usage.UNKNOWN, message);
        }
        throw new TeacherException(
                message + Objects.requireNonNullElse(advice, ""),
                null); // Maven prints causes, and this one may quote the key
    }

    private String name() {
        return "The teacher's server " + HttpRequests.server(uri);
    }

    private String shown(String text) {
        return Sensitive.mask(HttpRequests.shortened(key.hide(text)));
    }
}
