package io.github.ftmaven.runtime.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Images of engines that have loaded libraries and run nothing else. They are created on first use and shared.
 */
final class Libraries {
    private static final JsonMapper JSON = Json.lenient();
    private static final Map<List<Library>, Loaded> LOADED = new HashMap<>();

    /**
     * An image of an engine.
     *
     * @param call the address of the compiled code that runs a request
     * @param tick the address of the compiled code that runs the next timer
     */
    record Loaded(Image image, int call, int tick) {}

    private Libraries() {}

    /** The image with these libraries, of which the first is {@link Library#BRIDGE}. */
    static synchronized Loaded with(List<Library> libraries) {
        Loaded loaded = LOADED.get(libraries);
        if (loaded == null) {
            int last = libraries.size() - 1;
            loaded = last == 0 ? bridge() : plus(with(libraries.subList(0, last)), libraries.get(last));
            LOADED.put(List.copyOf(libraries), loaded);
        }
        return loaded;
    }

    private static Loaded bridge() {
        QuickJs engine = new QuickJs((function, argument) -> "");
        engine.run(engine.compile(Library.BRIDGE.script()));
        int call = engine.compile("ft.call()");
        int tick = engine.compile("ft.tick()");
        return new Loaded(engine.image(null), call, tick);
    }

    private static Loaded plus(Loaded before, Library library) {
        String[] answer = {""};
        String request =
                JSON.createObjectNode().put("library", library.script()).toString();
        QuickJs engine = new QuickJs(
                (function, argument) -> {
                    if (function.equals("respond")) {
                        answer[0] = argument;
                    }
                    return function.equals("request") ? request : function.equals("module") ? module(argument) : "";
                },
                before.image());
        engine.run(before.call());
        if (!answer[0].contains("\"value\"")) {
            throw new IllegalStateException(library + " does not load: " + answer[0]);
        }
        return new Loaded(engine.image(before.image()), before.call(), before.tick());
    }

    private static String module(String argument) {
        try {
            JsonNode asked = JSON.readTree(argument);
            Library.Module found = Library.module(
                    asked.path("from").asText(), asked.path("name").asText());
            return JSON.createObjectNode()
                    .put("path", found.path())
                    .put("source", found.source())
                    .toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
