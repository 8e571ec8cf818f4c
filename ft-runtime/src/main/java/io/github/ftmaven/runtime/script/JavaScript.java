package io.github.ftmaven.runtime.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs JavaScript that cannot reach anything outside itself, through functions that the scripts beside this class
 * define. Each call starts in a fresh engine, so a script's side effects end with its call. Time, memory, depth and
 * result size of a call are limited. Concurrent calls run one after the other.
 */
public final class JavaScript implements AutoCloseable {
    private static final JsonMapper JSON = Json.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // preserves half surrogate pairs
            .build();
    private static final Map<String, Set<Library>> LIBRARIES = Map.of(
            "evaluate", EnumSet.of(Library.NODE),
            "file", EnumSet.of(Library.NODE),
            "render", EnumSet.of(Library.NODE, Library.NUNJUCKS),
            "schema", EnumSet.of(Library.FORMATS, Library.AJV),
            "format", EnumSet.of(Library.FORMATS),
            "formats", EnumSet.of(Library.FORMATS),
            "formula", EnumSet.of(Library.MATH),
            "derived", EnumSet.of(Library.MATH, Library.METRICS));

    /** Globals that are loaded only for scripts that use them. */
    private static final Map<String, Library> LATE =
            Map.of("URL", Library.URL, "URLSearchParams", Library.URL, "Buffer", Library.BUFFER, "Intl", Library.INTL);

    private static final String TOO_DEEP = "recursed too deeply";
    private static final long STACK = 64L << 20;
    private static final long KEPT = 64L << 20;

    /** A script used something that is not available. */
    private static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException(String name) {
            super(name);
        }
    }

    /** An engine with its input and output. A stopped engine runs on for a moment, but its output goes nowhere else. */
    private static final class Exchange implements QuickJs.Host {
        private @Nullable QuickJs engine;
        private String request = "";
        private boolean tick;
        private volatile @Nullable String response;

        QuickJs engine(Image image) {
            QuickJs started = engine;
            if (started == null) {
                started = new QuickJs(this, image);
                engine = started;
            } else {
                started.restore(image);
            }
            return started;
        }

        @Override
        public String call(String function, String argument) {
            String told = "";
            if (function.equals("request")) {
                told = request;
                request = "";
            } else if (function.equals("tick") && tick) {
                told = "yes";
                tick = false;
            } else if (function.equals("respond") && response == null) {
                response = argument;
            }
            return told;
        }
    }

    private final Duration limit;
    private final Map<String, Image> prepared = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Library> late = EnumSet.noneOf(Library.class);
    private @Nullable ExecutorService thread;
    private Exchange exchange = new Exchange();

    /** Prepares an engine, which starts with the first call. */
    public JavaScript(Duration limit) {
        this.limit = limit;
    }

    /**
     * Calls a function.
     *
     * @param argument its only argument
     * @return its result; missing if the result is undefined
     * @throws ScriptException if the function throws, or does something that the sandbox forbids
     */
    public JsonNode call(String function, JsonNode argument) throws ScriptException {
        return call(function, MissingNode.getInstance(), argument);
    }

    /**
     * Calls a function that is prepared once for many calls.
     *
     * @param preparation the argument of the preparation; missing for none
     * @param argument the only argument of the call
     * @return its result; missing if the result is undefined
     * @throws ScriptException if the preparation or the call throws, or does something that the sandbox forbids
     */
    public synchronized JsonNode call(String function, JsonNode preparation, JsonNode argument) throws ScriptException {
        while (true) {
            try {
                Libraries.Loaded loaded = Libraries.with(libraries(function));
                Image image = preparation.isMissingNode() ? loaded.image() : prepared(loaded, function, preparation);
                return run(loaded, image, message(function, "argument", argument));
            } catch (MissingException e) {
                Library library = LATE.get(String.valueOf(e.getMessage()));
                if (library == null || !late.add(library)) {
                    throw ScriptException.refused("uses " + e.getMessage() + ", which is not available in the sandbox");
                }
            }
        }
    }

    private List<Library> libraries(String function) {
        Set<Library> own = LIBRARIES.getOrDefault(function, Set.of());
        Set<Library> all = EnumSet.of(Library.BRIDGE);
        all.addAll(own);
        if (own.contains(Library.NODE)) {
            all.addAll(late);
        }
        return new ArrayList<>(all);
    }

    private static ObjectNode message(String function, String field, JsonNode value) {
        return JSON.createObjectNode().put("function", function).set(field, value);
    }

    /** The state after a preparation. */
    private Image prepared(Libraries.Loaded loaded, String function, JsonNode preparation)
            throws ScriptException, MissingException {
        String key = function + libraries(function) + preparation;
        Image image = prepared.get(key);
        if (image == null) {
            run(loaded, loaded.image(), message(function, "preparation", preparation));
            QuickJs engine = exchange.engine;
            if (engine == null) {
                throw ScriptException.refused("failed after its preparation");
            }
            image = engine.image(loaded.image());
            prepared.put(key, image);
            evict();
        }
        return image;
    }

    private void evict() {
        long size = prepared.values().stream().mapToLong(Image::own).sum();
        Iterator<Image> oldest = prepared.values().iterator();
        while (size > KEPT) {
            size -= oldest.next().own();
            oldest.remove();
        }
    }

    private JsonNode run(Libraries.Loaded loaded, Image image, ObjectNode message)
            throws ScriptException, MissingException {
        // The random seed depends on the input only, so that builds are reproducible.
        String request = text(message.put("seed", text(message).hashCode()));
        Exchange own = exchange;
        Future<?> running = thread().submit(() -> {
            own.request = request;
            own.response = null;
            QuickJs started = own.engine(image);
            started.run(loaded.call());
            while (own.response == null) {
                own.tick = true;
                started.run(loaded.tick());
            }
        });
        try {
            running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stop();
            throw ScriptException.refused("took longer than " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            stop();
            // Its promises may fail after it has answered.
            if (own.response == null) {
                throw ScriptException.refused(reason(e.getCause()));
            }
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw ScriptException.refused("was interrupted");
        }
        return result(Objects.requireNonNull(own.response));
    }

    private static String text(JsonNode message) {
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree is JSON
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof QuickJs.TooLargeException) {
            return "returned more than " + (QuickJs.MAX_TEXT >> 20) + " MB";
        }
        String message = cause == null ? "" : String.valueOf(cause.getMessage());
        // The engine's own stack lies at the beginning of its memory.
        return message.contains("stack") || message.contains("access address: -")
                ? TOO_DEEP
                : "needed more than " + (QuickJs.MAX_MEMORY >> 20) + " MB of memory, or failed in the engine: "
                        + message.lines().findFirst().orElse("");
    }

    private static JsonNode result(String response) throws ScriptException, MissingException {
        JsonNode answer;
        try {
            answer = JSON.readTree(response);
        } catch (JsonProcessingException e) {
            throw ScriptException.refused(
                    "did not return JSON: " + JsonProblem.of(e).text());
        }
        if (answer.has("missing")) {
            throw new MissingException(answer.path("missing").asText());
        }
        JsonNode error = answer.path("error");
        if (error.isMissingNode()) {
            return answer.path("value");
        }
        String name = error.path("name").asText();
        String message = error.path("message").asText();
        if (name.equals("Sandbox")) {
            throw ScriptException.refused(message);
        }
        // QuickJS's own name for exhausted resources.
        if (name.equals("InternalError") || message.equals("invalid array buffer length")) {
            throw ScriptException.refused(
                    message.contains("stack overflow") ? TOO_DEEP : "ended in the engine: " + message);
        }
        throw ScriptException.thrown(name, message);
    }

    private ExecutorService thread() {
        ExecutorService own = thread;
        if (own == null) {
            own = Executors.newSingleThreadExecutor(task -> {
                Thread started = new Thread(null, task, "script", STACK);
                started.setDaemon(true);
                return started;
            });
            thread = own;
        }
        return own;
    }

    /** Interrupts the running script, which ends it. */
    private void stop() {
        if (thread != null) {
            thread.shutdownNow();
        }
        thread = null;
        exchange = new Exchange();
    }

    @Override
    public synchronized void close() {
        stop();
    }
}
