package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.OneLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A spec in the making: keys with their values and comments, and what has no counterpart. */
final class SpecDraft {
    private static final int SHOWN = 70;

    /** Keys whose value may be a secret, whatever it looks like. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?!.*(pad|eos|bos|unk|eot)_token)(.*[._-])?(token|api_?key|key|secret|passw(or)?d|credentials?|auth|authorization)");

    /**
     * A key of the spec.
     *
     * @param comment null for none
     */
    record Entry(JsonNode value, @Nullable String comment) {}

    private final String source;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> left = new ArrayList<>();

    /** Begins a draft from a file, as messages name it. */
    SpecDraft(String source) {
        this.source = source;
    }

    /** The file. */
    String source() {
        return source;
    }

    /** Sets a key, named by its path. */
    void put(String path, Object value) {
        put(path, value, null);
    }

    /** Sets a key with a comment. */
    void put(String path, Object value, @Nullable String comment) {
        entries.put(path, new Entry(masked(Json.lenient().valueToTree(value)), comment));
    }

    /** Whether a key is set. */
    boolean has(String path) {
        return entries.containsKey(path);
    }

    /** Adds to the comment of a key that is set. */
    void comment(String path, String more) {
        Entry entry = entries.get(path);
        if (entry != null) {
            entries.put(path, new Entry(entry.value(), entry.comment() == null ? more : entry.comment() + "; " + more));
        }
    }

    /** Lists a key without a counterpart. */
    void leave(String key, JsonNode value, String reason) {
        left.add(key + ": " + (SECRET.matcher(key).matches() ? "[not copied]" : shown(value)) + " (" + reason + ")");
    }

    /** The keys that are set. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** A line for each key without a counterpart. */
    List<String> left() {
        return left;
    }

    private static String shown(JsonNode value) {
        return OneLine.of(Sensitive.mask(value.isValueNode() ? value.asText() : withoutSecrets(value)), SHOWN);
    }

    private static String withoutSecrets(JsonNode value) {
        JsonNode copy = value.deepCopy();
        hide(copy);
        return copy.toString();
    }

    private static void hide(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (SECRET.matcher(entry.getKey()).matches() && entry.getValue().isValueNode()) {
                    entry.setValue(Json.lenient().valueToTree("[not copied]"));
                }
            });
        }
        value.forEach(SpecDraft::hide);
    }

    /** A value that is carried over may hold a secret too, such as a URL with a password. */
    private static JsonNode masked(JsonNode value) {
        return value.isTextual() ? Json.lenient().valueToTree(Sensitive.mask(value.asText())) : value;
    }
}
