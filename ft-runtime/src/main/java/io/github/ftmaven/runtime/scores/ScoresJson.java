package io.github.ftmaven.runtime.scores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * {@code scores.json}: {@link Scores} as a file.
 *
 * <p>These scores decide whether a build passes, so the reader does not fill in defaults, skip or convert values. It
 * rejects every file that is not exactly in the format of {@link #write}.
 */
public final class ScoresJson {
    private static final int FORMAT_VERSION = 2;
    private static final String MISSING = "missing";
    private static final String COPY_OF = "copyOf";

    // Only in a set with copies; otherwise it equals the number of items.
    private static final String ITEMS = "items";
    private static final String QUESTIONS = "questions";

    private static final String ADVICE = "Run the evaluation again (ft:evaluate).";

    private ScoresJson() {}

    /** Writes the scores atomically; equal scores give equal bytes. */
    public static void write(Path file, Scores scores) throws IOException {
        JsonFile.write(file, json(scores));
    }

    /** The scores in the format of {@link #write}. */
    static byte[] bytes(Scores scores) throws IOException {
        return JsonFile.bytes(json(scores));
    }

    private static ObjectNode json(Scores scores) throws IOException {
        ObjectNode json =
                JsonFile.object().put("formatVersion", FORMAT_VERSION).put("artifactDigest", scores.artifactDigest());
        ArrayNode sets = json.putArray("sets");
        for (ScoreSet set : scores.sets()) {
            put(sets.addObject(), set);
        }
        return json;
    }

    private static void put(ObjectNode node, ScoreSet set) throws IOException {
        node.put("name", set.name()).put("digest", set.digest());
        ArrayNode providers = node.putArray("providers");
        for (ProviderScores provider : set.providers()) {
            ObjectNode scores = providers.addObject().put("provider", provider.provider());
            putAll(scores.putObject("metrics"), provider.metrics());
            ArrayNode items = scores.putArray("items");
            for (ItemScore item : provider.items()) {
                ObjectNode itemNode = JsonFile.object()
                        .put("id", item.id())
                        .put("expected", item.expected())
                        .put("answer", item.answer());
                putAll(itemNode.putObject("scores"), item.scores());
                ObjectNode metadata = itemNode.putObject("metadata");
                item.metadata().forEach((name, value) -> metadata.put(name, value));
                if (item.copyOf() != null) {
                    itemNode.put(COPY_OF, item.copyOf());
                }
                items.addRawValue(JsonFile.onOneLine(itemNode));
            }
        }
        int items = set.providers().get(0).items().size();
        if (set.questions() < items) {
            node.put(ITEMS, items).put(QUESTIONS, set.questions());
        }
        if (!set.missing().isEmpty()) {
            ArrayNode missing = node.putArray(MISSING);
            set.missing()
                    .forEach(each -> missing.addObject()
                            .put("provider", each.provider())
                            .put("metric", each.metric())
                            .put("reason", each.reason()));
        }
    }

    /**
     * Reads the scores.
     *
     * @throws InvalidInputException when the file is missing, is not JSON, has another format version, or has content
     *     that {@link Scores} rejects
     */
    public static Scores read(Path file) {
        return scores(file.toString(), JsonFile.read(file, ADVICE), ADVICE);
    }

    /** Reads scores that do not have their own file; messages start with this name and end with the advice. */
    static Scores parse(String file, byte[] bytes, String advice) {
        return scores(file, JsonFile.parse(file, bytes, advice), advice);
    }

    private static Scores scores(String file, ObjectNode json, String advice) {
        try {
            return scores(json);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(file + ": " + e.getMessage() + ". " + advice, e);
        }
    }

    private static Scores scores(ObjectNode json) {
        JsonNode version = json.path("formatVersion");
        if (!version.isInt() || version.intValue() != FORMAT_VERSION) {
            throw new IllegalArgumentException("formatVersion is " + (version.isMissingNode() ? "missing" : version)
                    + ", but this plugin reads " + FORMAT_VERSION);
        }
        requireKeys("the file", json, Set.of("formatVersion", "artifactDigest", "sets"));
        List<ScoreSet> sets = new ArrayList<>();
        for (JsonNode node : array("the file", json, "sets")) {
            sets.add(set("sets[" + sets.size() + "]", node));
        }
        return new Scores(text("the file", json, "artifactDigest"), sets);
    }

    private static ScoreSet set(String where, JsonNode node) {
        Set<String> keys = new HashSet<>(Set.of("name", "digest", "providers"));
        Stream.of(MISSING, ITEMS, QUESTIONS).filter(node::has).forEach(keys::add);
        requireKeys(where, node, keys);
        List<ProviderScores> providers = new ArrayList<>();
        for (JsonNode provider : array(where, node, "providers")) {
            providers.add(provider(where + ".providers[" + providers.size() + "]", provider));
        }
        List<ScoreSet.Missing> missing = new ArrayList<>();
        if (node.has(MISSING)) {
            for (JsonNode each : array(where, node, MISSING)) {
                missing.add(missing(where + "." + MISSING + "[" + missing.size() + "]", each));
            }
        }
        ScoreSet set = new ScoreSet(text(where, node, "name"), text(where, node, "digest"), providers, missing);
        int items = providers.get(0).items().size();
        boolean copies = set.questions() < items;
        if (copies != node.has(ITEMS)
                || copies != node.has(QUESTIONS)
                || (copies
                        && (!node.path(ITEMS).equals(IntNode.valueOf(items))
                                || !node.path(QUESTIONS).equals(IntNode.valueOf(set.questions()))))) {
            throw new IllegalArgumentException(where + " has " + items + " items that ask " + set.questions()
                    + " questions, but records a" + " different number");
        }
        return set;
    }

    private static ScoreSet.Missing missing(String where, JsonNode node) {
        requireKeys(where, node, Set.of("provider", "metric", "reason"));
        return new ScoreSet.Missing(
                text(where, node, "provider"), text(where, node, "metric"), text(where, node, "reason"));
    }

    private static ProviderScores provider(String where, JsonNode node) {
        requireKeys(where, node, Set.of("provider", "metrics", "items"));
        List<ItemScore> items = new ArrayList<>();
        for (JsonNode item : array(where, node, "items")) {
            items.add(item(where + ".items[" + items.size() + "]", item));
        }
        return new ProviderScores(text(where, node, "provider"), numbers(where, node, "metrics"), items);
    }

    private static ItemScore item(String where, JsonNode node) {
        Set<String> keys = new HashSet<>(Set.of("id", "expected", "answer", "scores", "metadata"));
        Stream.of(COPY_OF).filter(node::has).forEach(keys::add);
        requireKeys(where, node, keys);
        return new ItemScore(
                text(where, node, "id"),
                text(where, node, "expected"),
                text(where, node, "answer"),
                numbers(where, node, "scores"),
                texts(where, node, "metadata"),
                node.has(COPY_OF) ? text(where, node, COPY_OF) : null);
    }

    private static void putAll(ObjectNode node, Map<String, Double> scores) {
        scores.forEach((name, score) -> node.put(name, score));
    }

    private static void requireKeys(String where, JsonNode node, Set<String> keys) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(where + " is not an object");
        }
        Set<String> missing = new TreeSet<>(keys);
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw new IllegalArgumentException(where + " has an unknown key \"" + key + "\"");
            }
            missing.remove(key);
        });
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(where + " lacks " + String.join(", ", missing));
        }
    }

    private static JsonNode array(String where, JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isArray()) {
            throw new IllegalArgumentException(key + " of " + where + " is not an array");
        }
        return value;
    }

    private static String text(String where, JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(key + " of " + where + " is not a text");
        }
        return value.textValue();
    }

    private static Map<String, Double> numbers(String where, JsonNode node, String key) {
        if (!node.path(key).isObject()) {
            throw new IllegalArgumentException(key + " of " + where + " is not an object");
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.path(key).forEachEntry((name, value) -> {
            if (!value.isNumber()) {
                throw new IllegalArgumentException(name + " in " + key + " of " + where + " is not a number");
            }
            numbers.put(name, value.doubleValue());
        });
        return numbers;
    }

    private static Map<String, String> texts(String where, JsonNode node, String key) {
        if (!node.path(key).isObject()) {
            throw new IllegalArgumentException(key + " of " + where + " is not an object");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        node.path(key).forEachEntry((name, value) -> texts.put(name, text(key + " of " + where, node.path(key), name)));
        return texts;
    }
}
