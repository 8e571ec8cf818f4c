package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects as examples: {@code messages}, or {@code prompt} and {@code completion}, or {@code text}; beside
 * them {@code metadata}, which may hold anything.
 *
 * @param columns other names for prompt and completion; then only these are read, and further keys are left alone
 */
record JsonRows(FineTuneSpec.@Nullable Columns columns) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String JACKSON_DETAILS = "(?s) ?\\((start marker|for Object|for Array).*";

    private static final List<String> KEYS = List.of("messages", "prompt", "completion", "text", "metadata");

    /** The rows of a JSONL file; blank lines are skipped. */
    List<Example> lines(String file, String text) {
        List<Example> examples = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                String source = file + ":" + (i + 1);
                examples.add(row(source, parse(file, i + 1, lines[i], "Each line must be one JSON object.")));
            }
        }
        return examples;
    }

    /** The rows of a JSON file that is one array; a row's source is the file and its index, from 0. */
    List<Example> array(String file, String text) {
        JsonNode rows = parse(file, 1, text, "The file must be one JSON array of objects.");
        if (!rows.isArray()) {
            throw new InvalidInputException(file + ": is " + kind(rows) + ", where a JSON array of objects is wanted.");
        }
        List<Example> examples = new ArrayList<>();
        for (JsonNode row : rows) {
            examples.add(row(file + "[" + examples.size() + "]", row));
        }
        return examples;
    }

    private static JsonNode parse(String file, int firstLine, String text, String rule) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            String problem = e instanceof JsonParseException
                    ? e.getOriginalMessage().replaceFirst(JACKSON_DETAILS, "")
                    : "more follows after its end";
            throw new InvalidInputException(
                    file + ":" + (firstLine + e.getLocation().getLineNr() - 1) + ":"
                            + e.getLocation().getColumnNr() + ": not valid JSON: " + problem + ". " + rule,
                    e);
        }
    }

    private Example row(String source, JsonNode row) {
        if (!row.isObject()) {
            throw new InvalidInputException(source + ": is " + kind(row) + ", where a JSON object is wanted.");
        }
        if (columns != null) {
            return pair(source, row, columns.prompt(), columns.completion());
        }
        checkKeys(source, row);
        if (row.has("messages")) {
            return Row.ofConversation(source, messages(source, row.get("messages")));
        }
        if (row.has("text")) {
            return Row.ofText(source, text(source, "text", row));
        }
        return pair(source, row, "prompt", "completion");
    }

    private static void checkKeys(String source, JsonNode row) {
        Set<String> kinds = new TreeSet<>();
        row.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new InvalidInputException(
                        source + ": unknown key '" + key + "'." + Suggestion.didYouMean(key, KEYS)
                                + " A row has messages, or prompt and completion, or text; anything else goes under metadata,"
                                + " or dataset.columns names the two keys to read.");
            }
            if (!key.equals("metadata")) {
                kinds.add(key.equals("completion") ? "prompt" : key);
            }
        });
        if (kinds.size() > 1) {
            throw new InvalidInputException(source + ": has " + String.join(" and ", kinds)
                    + ". A row has messages, or prompt and completion, or text.");
        }
    }

    private static Example pair(String source, JsonNode row, String prompt, String completion) {
        return Row.ofPair(source, prompt, text(source, prompt, row), completion, text(source, completion, row));
    }

    private static List<Message> messages(String source, JsonNode list) {
        if (!list.isArray()) {
            throw new InvalidInputException(source + ": messages is " + kind(list) + ", where a list is wanted.");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : list) {
            String where = source + ": messages[" + messages.size() + "]";
            if (!message.isObject()) {
                throw new InvalidInputException(where + " is " + kind(message) + ", where an object is wanted.");
            }
            message.fieldNames().forEachRemaining(key -> {
                if (!key.equals("role") && !key.equals("content")) {
                    throw new InvalidInputException(
                            where + " has the unknown key '" + key + "'. A message has role and content."
                                    + Suggestion.didYouMean(key, List.of("role", "content")));
                }
            });
            String role = text(where, "role", message);
            messages.add(new Message(
                    Names.role(role)
                            .orElseThrow(() -> new InvalidInputException(where + " has the unknown role '" + role
                                    + "'. Roles are system, user and assistant."
                                    + Suggestion.didYouMean(role, Names.ROLES))),
                    text(where, "content", message)));
        }
        return messages;
    }

    private static String text(String source, String key, JsonNode object) {
        JsonNode value = object.get(key);
        if (value == null) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            throw new InvalidInputException(source + ": has no " + key + ", only "
                    + (keys.isEmpty() ? "nothing" : String.join(", ", keys)) + "." + Suggestion.didYouMean(key, keys));
        }
        if (!value.isTextual()) {
            throw new InvalidInputException(
                    source + ": " + key + " is " + kind(value) + ", where text is wanted. Write it in quotes.");
        }
        return value.textValue();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL -> "null";
            case MISSING -> "empty";
            default -> "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
