package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.spec.RowColumns;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects as examples: {@code messages}; or {@code prompt} and {@code completion}, each a text or a list of
 * messages; or Alpaca's {@code instruction}, {@code input} and {@code output}; or {@code text}. A row may also have
 * {@code metadata}, of which texts, numbers and booleans are kept. A null key counts as absent.
 *
 * @param columns other names for prompt, input and completion; if set, only these are read
 * @param metadata more keys whose values are kept
 * @param layout how an input is appended to its prompt
 * @param unread receives the keys that are not read, if columns are named
 */
record JsonRows(@Nullable RowColumns columns, List<String> metadata, TemplateChoice layout, UnreadKeys unread) {
    private static final JsonMapper JSON = Json.strict();

    private static final String METADATA = "metadata";

    /** The kinds of row, and the keys that identify each kind. */
    private static final Map<String, String> KINDS = Map.of(
            "messages", "messages",
            "prompt", "prompt",
            "completion", "prompt",
            "instruction", "instruction",
            "input", "instruction",
            "output", "instruction",
            "text", "text");

    private static final List<String> KEYS = Stream.concat(
                    KINDS.keySet().stream().sorted(), Stream.of("tools", METADATA))
            .toList();

    private static final String RULE =
            " A row has messages, or prompt and completion, or instruction, input and output,"
                    + " or text. Put other keys under metadata or name them in dataset.metadata, or name the keys"
                    + " to read"
                    + " in dataset.columns.";

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
        JsonNode rows = parse(file, 0, text, "The file must be one JSON array of objects.");
        if (!rows.isArray()) {
            throw new InvalidInputException(
                    file + ": is " + ConversationJson.kind(rows) + ", but must be a JSON array of objects.");
        }
        List<Example> examples = new ArrayList<>();
        for (JsonNode row : rows) {
            examples.add(row(file + "[" + examples.size() + "]", row));
        }
        return examples;
    }

    private static JsonNode parse(String file, int line, String text, String rule) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            JsonProblem problem = JsonProblem.of(e);
            throw new InvalidInputException(
                    file + (line == 0 ? problem.position() : problem.position(line)) + ": not valid JSON: "
                            + problem.text() + ". " + rule,
                    e);
        }
    }

    private Example row(String source, JsonNode row) {
        if (!row.isObject()) {
            throw new InvalidInputException(
                    source + ": is " + ConversationJson.kind(row) + ", but must be a JSON object.");
        }
        return example(source, row).with(said(source, row));
    }

    private Map<String, String> said(String source, JsonNode row) {
        Map<String, String> said = new TreeMap<>();
        row.path("metadata").forEachEntry((key, value) -> {
            if (value.isValueNode() && !value.isNull()) {
                said.put(key, value.asText());
            }
        });
        for (String key : metadata) {
            JsonNode value = row.path(key);
            if (!value.isValueNode() || value.isNull()) {
                throw new InvalidInputException(
                        source + ": has no '" + key + "' that is a text or a number, but dataset.metadata names it.");
            }
            said.put(key, value.asText());
        }
        return said;
    }

    private Example example(String source, JsonNode row) {
        if (columns != null) {
            PairKeys pair = PairKeys.of(columns);
            row.properties().forEach(entry -> {
                String key = entry.getKey();
                boolean read = pair.names().contains(key) || metadata.contains(key) || key.equals(METADATA);
                if (!read && !isEmpty(entry.getValue())) {
                    unread.add(source, pair, key);
                }
            });
            return pair(source, row, pair);
        }
        return switch (kind(source, row)) {
            case "messages" ->
                Row.ofConversation(
                        source,
                        ConversationJson.messages(source, row.get("messages")),
                        ConversationJson.tools(source, row.get("tools")));
            case "text" -> Row.ofText(source, ConversationJson.text(source, "text", row));
            case "instruction" -> pair(source, row, PairKeys.ALPACA);
            default -> pair(source, row, PairKeys.OWN);
        };
    }

    /** The kind of a row, after a check that it has no keys of other kinds. */
    private String kind(String source, JsonNode row) {
        Map<String, String> kinds = new TreeMap<>(); // and a key of each
        row.properties().forEach(entry -> {
            String key = entry.getKey();
            boolean own = KINDS.containsKey(key);
            boolean meant = !own && UnreadKeys.isMeant(key);
            boolean empty = meant ? isEmpty(entry.getValue()) : entry.getValue().isNull();
            if (empty || metadata.contains(key) || key.equals(METADATA)) {
                return;
            }
            if (own) {
                kinds.putIfAbsent(KINDS.getOrDefault(key, key), key);
            } else if (!key.equals("tools")) {
                UnreadKeys.refuseMeant(source, key);
                throw new InvalidInputException(
                        source + ": unknown key '" + key + "'." + Suggestion.didYouMean(key, KEYS) + RULE);
            }
        });
        boolean tools = !isEmpty(row.path("tools")) && !metadata.contains("tools");
        if (tools && !kinds.containsKey("messages") && !row.path("prompt").isArray()) {
            kinds.put("tools", "tools");
        }
        if (kinds.size() > 1) {
            throw new InvalidInputException(source + ": has " + String.join(" and ", kinds.values()) + "." + RULE);
        }
        return kinds.keySet().stream().findFirst().orElse(row.has("messages") ? "messages" : "prompt");
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || value.isMissingNode()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.textValue().isBlank());
    }

    private Example pair(String source, JsonNode row, PairKeys keys) {
        JsonNode prompt = row.path(keys.prompt());
        JsonNode completion = row.path(keys.completion());
        String input = keys.input();
        boolean inputs = input != null && !isEmpty(row.path(input));
        if (!prompt.isArray() && !completion.isArray()) {
            String asked = ConversationJson.text(source, keys.prompt(), row);
            if (input != null && inputs) {
                asked = PairKeys.question(asked, ConversationJson.text(source, input, row), layout);
            }
            return Row.ofPair(
                    source,
                    keys.prompt(),
                    asked,
                    keys.completion(),
                    ConversationJson.text(source, keys.completion(), row));
        }
        if (!prompt.isArray() || !completion.isArray() || inputs) {
            throw new InvalidInputException(source + ": " + keys.prompt() + " is " + ConversationJson.kind(prompt)
                    + " and " + keys.completion() + " is " + ConversationJson.kind(completion)
                    + (inputs ? ", beside " + input : "")
                    + ". Both must be texts, or both must be lists of messages without an input.");
        }
        return Row.ofPromptAndCompletion(
                source,
                keys,
                ConversationJson.messages(source, keys.prompt(), prompt),
                ConversationJson.messages(source, keys.completion(), completion),
                columns == null ? ConversationJson.tools(source, row.get("tools")) : null);
    }
}
