package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects as examples: {@code messages}, or {@code prompt} and {@code completion}, or {@code text}; beside
 * them {@code metadata}, which may hold anything and of which texts, numbers and booleans are kept.
 *
 * @param columns other names for prompt and completion; then only these are read, and further keys are left alone
 * @param metadata further keys whose values are kept
 */
record JsonRows(FineTuneSpec.@Nullable Columns columns, List<String> metadata) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String JACKSON_DETAILS = "(?s) ?\\((start marker|for Object|for Array).*";

    private static final List<String> KEYS = List.of("messages", "tools", "prompt", "completion", "text", "metadata");

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
            throw new InvalidInputException(
                    file + ": is " + ConversationJson.kind(rows) + ", where a JSON array of objects is wanted.");
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
            throw new InvalidInputException(
                    source + ": is " + ConversationJson.kind(row) + ", where a JSON object is wanted.");
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
                        source + ": has no '" + key + "' that is a text or a number, and dataset.metadata names it.");
            }
            said.put(key, value.asText());
        }
        return said;
    }

    private Example example(String source, JsonNode row) {
        if (columns != null) {
            return pair(source, row, columns.prompt(), columns.completion());
        }
        checkKeys(source, row);
        if (row.has("messages")) {
            return Row.ofConversation(
                    source,
                    ConversationJson.messages(source, row.get("messages")),
                    ConversationJson.tools(source, row.get("tools")));
        }
        if (row.has("text")) {
            return Row.ofText(source, ConversationJson.text(source, "text", row));
        }
        return pair(source, row, "prompt", "completion");
    }

    private void checkKeys(String source, JsonNode row) {
        Set<String> kinds = new TreeSet<>();
        row.fieldNames().forEachRemaining(key -> {
            if (metadata.contains(key)) {
                return;
            }
            if (!KEYS.contains(key)) {
                throw new InvalidInputException(
                        source + ": unknown key '" + key + "'." + Suggestion.didYouMean(key, KEYS)
                                + " A row has messages, or prompt and completion, or text; anything else goes under metadata,"
                                + " or dataset.columns names the two keys to read.");
            }
            if (!key.equals("metadata")) {
                kinds.add(key.equals("completion") ? "prompt" : key.equals("tools") ? "messages" : key);
            }
        });
        if (kinds.size() > 1) {
            throw new InvalidInputException(source + ": has " + String.join(" and ", kinds)
                    + ". A row has messages, or prompt and completion, or text.");
        }
    }

    private static Example pair(String source, JsonNode row, String prompt, String completion) {
        return Row.ofPair(
                source,
                prompt,
                ConversationJson.text(source, prompt, row),
                completion,
                ConversationJson.text(source, completion, row));
    }
}
