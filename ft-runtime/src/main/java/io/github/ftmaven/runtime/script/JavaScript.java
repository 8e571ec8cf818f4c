package io.github.ftmaven.runtime.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.roastedroot.quickjs4j.core.Builtins;
import io.roastedroot.quickjs4j.core.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A JavaScript engine, QuickJS compiled to WebAssembly, that reaches nothing outside itself. It runs the functions of
 * {@code bridge.js}; a call that takes too long is stopped, and the next one gets a fresh engine. Calls of several threads
 * follow each other.
 */
public final class JavaScript implements AutoCloseable {
    /** The name of the error that a result of NaN or Infinity is, which JSON cannot carry. */
    public static final String NOT_FINITE = "NotFinite";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NUNJUCKS = "/META-INF/resources/webjars/nunjucks/3.2.4/browser/nunjucks.min.js";
    private static final String RUN = "globalThis.ftRun();";

    private final Duration limit;
    private @Nullable ExecutorService thread;
    private @Nullable Engine engine;
    private int run; // the compiled call's place in the engine's memory
    private volatile String request = "";
    private volatile @Nullable String response;

    /** Prepares an engine; it starts with the first call. */
    public JavaScript(Duration limit) {
        this.limit = limit;
    }

    /**
     * Calls a function of {@code bridge.js}.
     *
     * @param argument its one argument
     * @return its result; missing if that is undefined
     * @throws ScriptException if it throws, or takes too long
     */
    public synchronized JsonNode call(String function, JsonNode argument) throws ScriptException {
        ObjectNode message = JSON.createObjectNode().put("function", function);
        message.set("argument", argument);
        request = message.toString();
        response = null;
        start();
        Future<?> running = Objects.requireNonNull(thread)
                .submit(() -> Objects.requireNonNull(engine).exec(run));
        try {
            running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stop();
            throw new ScriptException("Timeout", "took longer than " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            // After that the engine's memory is in no known state.
            stop();
            throw new ScriptException("Error", "the engine failed: " + firstLine(e.getCause()));
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new ScriptException("Error", "interrupted");
        }
        return result();
    }

    private JsonNode result() throws ScriptException {
        if (response == null) {
            throw new ScriptException("Error", "waits for something that never happens here, such as a timer");
        }
        try {
            JsonNode answer = JSON.readTree(response);
            if (answer.has("error")) {
                throw new ScriptException(
                        answer.path("error").path("name").asText(),
                        answer.path("error").path("message").asText());
            }
            return answer.path("value");
        } catch (JsonProcessingException e) {
            throw new ScriptException(
                    "Error", "gave no JSON: " + JsonProblem.of(e).text());
        }
    }

    private void start() {
        if (engine != null) {
            return;
        }
        Builtins host = Builtins.builder("host")
                .addVoidToString("request", () -> request)
                .addStringToVoid("respond", text -> response = text)
                .build();
        Engine started = Engine.builder().addBuiltins(host).build();
        // The library looks for a browser's window, or for what it may add itself to.
        started.exec(started.compile("(function () {" + resource(NUNJUCKS) + "\n}).call(globalThis);\n"
                + resource("/io/github/ftmaven/runtime/script/bridge.js")));
        run = started.compile(RUN);
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread own = new Thread(task, "script");
            own.setDaemon(true);
            return own;
        });
        engine = started;
    }

    /** Interrupts what runs, which ends it. */
    private void stop() {
        if (thread != null) {
            thread.shutdownNow();
        }
        thread = null;
        engine = null;
    }

    @Override
    public synchronized void close() {
        stop();
    }

    private static String firstLine(@Nullable Throwable e) {
        return e == null
                ? ""
                : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(JavaScript.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
