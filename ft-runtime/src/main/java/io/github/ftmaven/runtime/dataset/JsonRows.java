package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.spec.RowLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects as examples: {@code messages}; or {@code prompt} and {@code completion}, each a text or a list of
 * messages; or Alpaca's {@code instruction}, {@code input} and {@code output}; or ShareGPT's {@code conversations}; or
 * {@code text}. A row may also have {@code metadata}, of which texts, numbers and booleans are kept. A null key counts as
 * absent.
 *
 * @param unread receives the keys that are not read, if columns or a layout are named
 * @param preparation changes each row before it is read
 */
record JsonRows(RowRules rules, @Nullable FilledColumns filled, UnreadKeys unread, Preparation preparation) {
    /** Changes a row before it is read. */
    interface Preparation {
        JsonNode of(String source, JsonNode row);
    }

    private static final JsonTrees JSON = Json.strictTrees();

    private static final String METADATA = "metadata";

    /** Keys of every layout. */
    private static final List<String> COMMON = List.of(METADATA, "tools");

    /** The kinds of row, and the keys that identify each kind. */
    private static final Map<String, RowLayout> KINDS = Map.of(
            "messages", RowLayout.MESSAGES,
            "prompt", RowLayout.PROMPT_COMPLETION,
            "completion", RowLayout.PROMPT_COMPLETION,
            "instruction", RowLayout.ALPACA,
            "input", RowLayout.ALPACA,
            "output", RowLayout.ALPACA,
            "conversations", RowLayout.SHAREGPT,
            "text", RowLayout.TEXT);

    /** The keys of each layout that can be named. */
    private static final Map<RowLayout, List<String>> LAYOUTS = Map.of(
            RowLayout.MESSAGES, List.of("messages", "tools"),
            RowLayout.PROMPT_COMPLETION, List.of("prompt", "completion", "tools"),
            RowLayout.ALPACA, List.of("instruction", "input", "output"),
            RowLayout.SHAREGPT, List.of("conversations", "system", "tools"),
            RowLayout.TEXT, List.of("text"),
            RowLayout.PREFERENCE, List.of("prompt", "chosen", "rejected", "tools"));

    private static final List<String> KEYS =
            Stream.concat(KINDS.keySet().stream().sorted(), COMMON.stream()).toList();

    private static final String RULE =
            " A row has messages, or prompt and completion, or instruction, input and output, or conversations,"
                    + " or text. Put other keys under metadata or name them in dataset.metadata, or name the keys"
                    + " to read in dataset.columns, or the layout in dataset.layout.";

    JsonRows(RowRules rules, UnreadKeys unread) {
        this(rules, unread, (source, row) -> row);
    }

    JsonRows(RowRules rules, UnreadKeys unread, Preparation preparation) {
        this(rules, FilledColumns.of(rules.columns()), unread, preparation);
    }

    /** Whether a text is one JSON object after the other, line by line. */
    static boolean isLines(Reader text) throws IOException {
        BufferedReader lines = new BufferedReader(text);
        lines.mark(1);
        for (int c = lines.read(); c >= 0 && c != '{'; c = lines.read()) {
            if (!Character.isWhitespace(c)) {
                return false;
            }
            lines.mark(1);
        }
        lines.reset();
        String first = lines.readLine();
        try {
            return first != null && JSON.read(first).isObject() && lines.lines().anyMatch(line -> !line.isBlank());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The rows of a JSONL file; blank lines are skipped. */
    void lines(String file, Reader text, Consumer<Example> receiver, RowProblems problems) throws IOException {
        BufferedReader lines = new BufferedReader(text);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                String read = line;
                int at = number;
                problems.take(() -> row(file + ":" + at, parse(file, at, read)), receiver);
            }
        }
    }

    private static JsonNode parse(String file, int line, String text) {
        try {
            return JSON.read(text);
        } catch (JsonProcessingException e) {
            JsonProblem problem = JsonProblem.of(e);
            throw invalid(file + problem.position(line), problem, "Each line must be one JSON object.", e);
        }
    }

    /** The rows of a JSON file that is one array; a row's source is the file and its index, from 0. */
    void array(String file, Reader text, Consumer<Example> receiver, RowProblems problems) throws IOException {
        int[] count = new int[1];
        try {
            JsonNode other = JSON.elements(text, row -> {
                String source = file + "[" + count[0]++ + "]";
                problems.take(() -> row(source, row), receiver);
            });
            if (other != null && !other.isMissingNode()) {
                throw new InvalidInputException(
                        file + ": is " + ConversationJson.kind(other) + ", but must be a JSON array of objects.");
            }
        } catch (JsonProcessingException e) {
            JsonProblem problem = JsonProblem.of(e);
            throw invalid(file + problem.position(), problem, "The file must be one JSON array of objects.", e);
        }
    }

    private static InvalidInputException invalid(
            String place, JsonProblem problem, String rule, JsonProcessingException e) {
        return new InvalidInputException(place + ": not valid JSON: " + problem.text() + ". " + rule, e);
    }

    /** The example of one row. */
    Example row(String source, JsonNode row) {
        if (!row.isObject()) {
            throw new InvalidInputException(
                    source + ": is " + ConversationJson.kind(row) + ", but must be a JSON object.");
        }
        JsonNode prepared = preparation.of(source, row);
        return example(source, prepared).with(said(source, prepared));
    }

    private Map<String, String> said(String source, JsonNode row) {
        Map<String, String> said = new TreeMap<>();
        row.path("metadata").forEachEntry((key, value) -> {
            if (value.isValueNode() && !value.isNull()) {
                said.put(key, value.asText());
            }
        });
        for (String key : rules.fields()) {
            JsonNode value = row.path(key);
            if (value.isValueNode() && !value.isNull()) {
                said.put(key, value.asText());
            }
        }
        for (String key : rules.metadata()) {
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
        if (filled != null) {
            noteUnread(row, List.copyOf(filled.names()));
            return filled.fill(source, values(row));
        }
        if (rules.columns() != null) {
            PairKeys pair = PairKeys.of(rules.columns());
            row.properties().forEach(entry -> {
                String key = entry.getKey();
                if (!pair.names().contains(key) && !isSaid(key) && !isEmpty(entry.getValue())) {
                    unread.add(source, pair, key);
                }
            });
            return pair(source, row, pair);
        }
        RowLayout layout = rules.layout();
        if (layout == RowLayout.AUTO) {
            layout = kind(source, row);
        } else {
            noteUnread(row, LAYOUTS.getOrDefault(layout, KEYS));
        }
        return switch (layout) {
            case MESSAGES ->
                Row.ofConversation(
                        source,
                        "messages",
                        ConversationJson.messages(source, row.path("messages")),
                        ConversationJson.tools(source, row.get("tools")));
            case TEXT -> Row.ofText(source, ConversationJson.text(source, "text", row));
            case ALPACA -> pair(source, row, PairKeys.ALPACA);
            case SHAREGPT -> ShareGpt.read(source, row);
            case PREFERENCE -> Preferences.read(source, row);
            case PROMPT_COMPLETION, AUTO -> pair(source, row, PairKeys.OWN);
        };
    }

    private boolean isSaid(String key) {
        return rules.keeps(key) || key.equals(METADATA);
    }

    /** Notes the keys that a named layout does not have. */
    private void noteUnread(JsonNode row, List<String> read) {
        row.properties().forEach(entry -> {
            String key = entry.getKey();
            if (!read.contains(key) && !isSaid(key) && !isEmpty(entry.getValue())) {
                unread.note(key);
            }
        });
    }

    private static Map<String, String> values(JsonNode row) {
        Map<String, String> values = new LinkedHashMap<>();
        row.properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                values.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return values;
    }

    /** The kind of a row, after a check that it has no keys of other kinds. */
    private RowLayout kind(String source, JsonNode row) {
        Map<RowLayout, String> kinds = new TreeMap<>(); // and a key of each
        boolean shareGpt = row.hasNonNull("conversations");
        row.properties().forEach(entry -> {
            String key = entry.getKey();
            RowLayout own = KINDS.get(key);
            boolean meant = own == null && UnreadKeys.isMeant(key);
            boolean empty = meant ? isEmpty(entry.getValue()) : entry.getValue().isNull();
            boolean ofTheLayout = own != null && !rules.metadata().contains(key);
            if (empty || (isSaid(key) && !ofTheLayout)) {
                return;
            }
            if (own != null) {
                kinds.putIfAbsent(own, key);
            } else if (shareGpt) {
                noteBesideShareGpt(key);
            } else if (!key.equals("tools")) {
                UnreadKeys.refuseMeant(source, key);
                throw new InvalidInputException(
                        source + ": unknown key '" + key + "'." + Suggestion.didYouMean(key, KEYS) + RULE);
            }
        });
        boolean tools = !isEmpty(row.path("tools")) && !rules.metadata().contains("tools");
        if (kinds.size() > 1) {
            throw new InvalidInputException(source + ": has "
                    + kinds.values().stream().sorted().collect(Collectors.joining(" and ")) + "." + RULE);
        }
        RowLayout kind = kinds.keySet().stream()
                .findFirst()
                .orElse(row.has("messages") ? RowLayout.MESSAGES : RowLayout.PROMPT_COMPLETION);
        boolean conversation = kind == RowLayout.MESSAGES
                || kind == RowLayout.SHAREGPT
                || row.path("prompt").isArray();
        if (tools && !conversation) {
            throw new InvalidInputException(source + ": has "
                    + Stream.concat(kinds.values().stream(), Stream.of("tools"))
                            .sorted()
                            .collect(Collectors.joining(" and "))
                    + "." + RULE);
        }
        return kind;
    }

    /** Published rows of this kind always have more keys, such as the conversation's id. */
    private void noteBesideShareGpt(String key) {
        if (!LAYOUTS.getOrDefault(RowLayout.SHAREGPT, KEYS).contains(key)) {
            unread.note(key);
        }
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
                asked = PairKeys.question(asked, ConversationJson.text(source, input, row), rules.template());
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
                rules.columns() == null ? ConversationJson.tools(source, row.get("tools")) : null);
    }
}
