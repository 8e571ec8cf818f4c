package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.RowLayout;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a row has its answer, or would have it.
 *
 * @param key the row's key
 */
record AnswerPlace(Slot slot, String key) {
    private static final Pattern COLUMN = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final List<String> ASSISTANTS = List.of("assistant", "gpt", "chatgpt", "model", "function_call");

    /** The layouts whose rows have the key; of two, the first counts. */
    private static final List<Map.Entry<String, RowLayout>> KEYS = List.of(
            Map.entry("messages", RowLayout.MESSAGES),
            Map.entry("conversations", RowLayout.SHAREGPT),
            Map.entry("prompt", RowLayout.PROMPT_COMPLETION),
            Map.entry("instruction", RowLayout.ALPACA));

    /** What is written there. */
    enum Slot {
        /** The answer's text. */
        TEXT,
        /** A list with the answer as its only message. */
        COMPLETION,
        /** The answer as the last message of the conversation. */
        LAST_MESSAGE
    }

    /**
     * Finds the place in a row.
     *
     * @throws InvalidInputException if rows of its kind have no prompt
     */
    static AnswerPlace of(String source, JsonNode row, RowRules rules) {
        if (rules.columns() != null) {
            String name = rules.columns().completion();
            Matcher column = COLUMN.matcher(name);
            if (name.contains("{{") && !column.matches()) {
                throw new InvalidInputException(
                        "dataset.columns.completion is a text with columns in it, so ft:distill cannot tell into which"
                                + " column an answer belongs. Name one column.");
            }
            return pair(row, rules.columns().prompt(), name.contains("{{") ? column.group(1) : name);
        }
        RowLayout layout = rules.layout();
        if (layout == RowLayout.AUTO) {
            layout = KEYS.stream()
                    .filter(entry -> row.hasNonNull(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(row.hasNonNull("text") ? RowLayout.TEXT : RowLayout.PROMPT_COMPLETION);
        }
        return switch (layout) {
            case MESSAGES -> new AnswerPlace(Slot.LAST_MESSAGE, "messages");
            case SHAREGPT -> new AnswerPlace(Slot.LAST_MESSAGE, "conversations");
            case ALPACA -> pair(row, PairKeys.ALPACA.prompt(), PairKeys.ALPACA.completion());
            case PROMPT_COMPLETION, AUTO -> pair(row, PairKeys.OWN.prompt(), PairKeys.OWN.completion());
            case TEXT, PREFERENCE ->
                throw new InvalidInputException(
                        source + ": has no prompt for a teacher to answer. Write prompt, messages, instruction or"
                                + " conversations.");
        };
    }

    private static AnswerPlace pair(JsonNode row, String prompt, String completion) {
        return new AnswerPlace(row.path(prompt).isArray() ? Slot.COMPLETION : Slot.TEXT, completion);
    }

    /** Whether the row has an answer. */
    boolean isFilled(JsonNode row) {
        JsonNode value = row.path(key);
        return switch (slot) {
            case TEXT ->
                !value.isMissingNode()
                        && !value.isNull()
                        && !(value.isTextual() && value.textValue().isBlank());
            case COMPLETION -> value.isArray() ? !value.isEmpty() : !value.isMissingNode() && !value.isNull();
            case LAST_MESSAGE -> {
                JsonNode last = value.path(value.size() - 1);
                yield ASSISTANTS.contains(
                        last.path("role").asText(last.path("from").asText()));
            }
        };
    }

    /** Whether an answer can be written there. */
    boolean isOpen(JsonNode row) {
        return slot != Slot.LAST_MESSAGE || row.path(key).isArray();
    }

    /** Whether an answer may call tools. */
    boolean takesCalls(JsonNode row) {
        return slot != Slot.TEXT && !isShareGpt(row);
    }

    private boolean isShareGpt(JsonNode row) {
        return slot == Slot.LAST_MESSAGE && row.path(key).path(0).has("from");
    }

    /**
     * Writes an answer into a row that has none.
     *
     * @param message the answer with its role and content
     */
    void fill(ObjectNode row, ObjectNode message) {
        switch (slot) {
            case TEXT -> row.put(key, message.path("content").asText());
            case COMPLETION -> row.putArray(key).add(message);
            case LAST_MESSAGE ->
                row.withArray(key)
                        .add(
                                isShareGpt(row)
                                        ? JsonNodeFactory.instance
                                                .objectNode()
                                                .put("from", "gpt")
                                                .put(
                                                        "value",
                                                        message.path("content").asText())
                                        : message);
        }
    }
}
