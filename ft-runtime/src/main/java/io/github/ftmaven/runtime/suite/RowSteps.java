package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Graded;
import io.github.ftmaven.runtime.assertion.Grader;
import io.github.ftmaven.runtime.assertion.Response;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Processes a row: renders its prompt, requests the answer, then transforms and grades it. */
final class RowSteps {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final PlannedRow task;
    private final Provider provider;
    private final SuiteOptions options;
    private final Memory memory;
    private final PromptRendering rendering;
    private final Grader grader;
    private final ScoringFunction scoring;
    private final RowThread thread;

    private ObjectNode vars;
    private String prompt;
    private @Nullable String error;
    private @Nullable Future<Response> answer;
    private @Nullable FutureTask<Response> local;

    /** The answer before the test's own transform, from which a context is derived. */
    private @Nullable JsonNode untransformed;

    RowSteps(
            PlannedRow task,
            Provider provider,
            SuiteOptions options,
            Memory memory,
            PromptRendering rendering,
            Grader grader,
            ScoringFunction scoring,
            RowThread thread) {
        this.task = task;
        this.provider = provider;
        this.options = options;
        this.memory = memory;
        this.rendering = rendering;
        this.grader = grader;
        this.scoring = scoring;
        this.thread = thread;
        this.vars = task.vars();
        this.prompt = task.column().prompt().raw();
        this.error = task.error();
    }

    /**
     * Renders the prompt and, if the provider is a remote service, requests the answer; local providers wait for their
     * turn.
     */
    void ask(ExecutorService asking) {
        if (error != null) {
            return;
        }
        try {
            prompt = thread.call(this::rendered);
        } catch (CheckException e) {
            error = "Error: " + e.getMessage();
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            error = "Error: interrupted";
            return;
        }
        JsonNode given = task.test().providerOutput();
        boolean isGiven = !given.isMissingNode()
                && !given.isNull()
                && !(given.isTextual() && given.textValue().isEmpty());
        if (isGiven || !provider.isRemote()) {
            local = new FutureTask<>(() -> isGiven
                    ? new Response(given, 0, 0.0, null, null, Response.Tokens.NONE)
                    : provider.ask(prompt, vars));
            answer = local;
        } else {
            answer = asking.submit(this::remote);
        }
    }

    private String rendered() throws CheckException {
        Set<String> said = memory.said();
        vars = rendering.resolve(memory.vars(task), prompt, said);
        ObjectNode all = vars.deepCopy();
        all.put("__evalStepId", stepId()).put("__repeatIndex", task.repeatIndex());
        return rendering.prompt(task, all, said);
    }

    private String stepId() {
        return "test-" + task.testIndex() + "-prompt-" + task.columnIndex() + "-repeat-" + task.repeatIndex();
    }

    private Response remote() throws ProviderException, InterruptedException {
        Thread.sleep(options.delayMs());
        long limit = options.timeoutMs();
        Response response = limit == 0 ? provider.ask(prompt, vars) : limited(limit);
        Thread.sleep(task.column().provider().delayMs());
        return response;
    }

    private Response limited(long limit) throws ProviderException, InterruptedException {
        FutureTask<Response> question = new FutureTask<>(() -> provider.ask(prompt, vars));
        Thread thread = new Thread(question, "suite-question");
        thread.setDaemon(true);
        thread.start();
        try {
            return question.get(limit, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            question.cancel(true);
            throw new ProviderException("no answer within evaluateOptions.timeoutMs, " + limit + " ms");
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static ProviderException failure(ExecutionException e) {
        return e.getCause() instanceof ProviderException own
                ? own
                : new ProviderException("the provider failed: " + e.getCause());
    }

    /** The finished row. */
    ResultRow row() {
        Response response = null;
        Graded graded = null;
        if (answer != null) {
            try {
                if (local != null) {
                    local.run();
                }
                Response given = answer.get();
                response = given;
                Response transformed = thread.call(() -> remembered(given));
                response = transformed;
                graded = thread.call(() -> graded(transformed));
            } catch (CheckException e) {
                error = "Error: " + e.getMessage();
            } catch (ExecutionException e) {
                error = "Error: " + failure(e).getMessage();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                error = "Error: interrupted";
            }
        }
        return new ResultRow(
                task.testIndex(),
                task.columnIndex(),
                task.test(),
                task.column(),
                prompt,
                task.vars(),
                response,
                graded,
                error);
    }

    private Response remembered(Response response) throws CheckException {
        memory.add(task, prompt, response.output());
        if (vars.has(Memory.CONVERSATION)) {
            // Assertions also see this turn.
            vars.setAll(memory.vars(task).retain(Memory.CONVERSATION));
        }
        return transformed(response);
    }

    private Response transformed(Response response) throws CheckException {
        TestCase test = task.test();
        String own = test.option("transform") == null ? test.option("postprocess") : test.option("transform");
        Response raw = transformed(response, task.column().provider().transform());
        untransformed = raw.output();
        Response transformed = transformed(raw, own);
        String name = test.option("storeOutputAs");
        if (name != null) {
            memory.store(name, transformed.output());
        }
        return transformed;
    }

    private Response transformed(Response response, @Nullable String code) throws CheckException {
        return code == null
                ? response
                : new Response(
                        grader.transform(code, response.output(), vars, prompt),
                        response.latencyMs(),
                        response.cost(),
                        response.finishReason(),
                        response.logProbs(),
                        response.tokens());
    }

    private Graded graded(Response response) throws CheckException {
        TestCase test = task.test();
        ProviderSpec asked = task.column().provider();
        Graded graded = grader.grade(
                test.assertions(),
                test.threshold(),
                response,
                new Grader.Case(
                        prompt,
                        vars,
                        test.json(),
                        JSON.objectNode().put("id", asked.id()).put("label", asked.label()),
                        asked.config(),
                        Objects.requireNonNull(untransformed)));
        JsonNode function = test.json().path("assertScoringFunction");
        return function.isTextual() ? scoring.scored(function.textValue(), graded, test.threshold()) : graded;
    }
}
