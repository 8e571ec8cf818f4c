package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.suite.Form.Any;
import io.github.ftmaven.runtime.suite.Form.Decimal;
import io.github.ftmaven.runtime.suite.Form.Either;
import io.github.ftmaven.runtime.suite.Form.Items;
import io.github.ftmaven.runtime.suite.Form.Section;
import io.github.ftmaven.runtime.suite.Form.Switch;
import io.github.ftmaven.runtime.suite.Form.Text;
import io.github.ftmaven.runtime.suite.Form.Values;
import java.util.Map;
import java.util.TreeMap;

/** The forms of all keys in promptfoo's configuration, by promptfoo's own schema. */
final class Forms {
    /** The limit for the repetitions of a test and for concurrent requests. */
    static final int MOST_REPEATS = 10_000;

    static final int MOST_CONCURRENT = 1_000;

    private static final Form TEXT = new Text();
    private static final Form NUMBER = new Decimal(false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    private static final Form MILLISECONDS = new Decimal(false, 0, Integer.MAX_VALUE);
    private static final Form REPEAT = new Decimal(true, 1, MOST_REPEATS);
    private static final Form SWITCH = new Switch();
    private static final Form MAPPING = new Values(new Any());
    private static final Form TEXTS = new Items(TEXT, "texts");
    private static final Form TEXT_OR_MAPPING = Either.of(TEXT, MAPPING);
    private static final Form TEXT_OR_TEXTS = Either.of(TEXT, TEXTS);
    private static final Form PROMPT = Either.of(TEXT, new Items(new Any(), "prompts"), MAPPING);

    static final Section PROVIDER = section(Map.of(
            "id", TEXT,
            "label", TEXT,
            "config", MAPPING,
            "prompts", TEXTS,
            "transform", TEXT,
            "delay", MILLISECONDS,
            "env", new Values(Either.of(TEXT, NUMBER, SWITCH)),
            "inputs", MAPPING));

    static final Section PROMPT_ENTRY = section(Map.of("raw", TEXT, "id", TEXT, "label", TEXT, "config", MAPPING));

    static final Section ASSERTION = section(Map.of(
            "type", TEXT,
            "threshold", NUMBER,
            "weight", NUMBER,
            "metric", TEXT,
            "transform", TEXT,
            "contextTransform", TEXT,
            "provider", TEXT_OR_MAPPING,
            "rubricPrompt", PROMPT,
            "config", MAPPING,
            "assert", new Items(new Any(), "assertions")));

    private static final Section OPTIONS = section(Map.ofEntries(
            Map.entry("prefix", TEXT),
            Map.entry("suffix", TEXT),
            Map.entry("transform", TEXT),
            Map.entry("postprocess", TEXT),
            Map.entry("transformVars", TEXT),
            Map.entry("storeOutputAs", TEXT),
            Map.entry("provider", TEXT_OR_MAPPING),
            Map.entry("rubricPrompt", PROMPT),
            Map.entry("factuality", new Values(NUMBER)),
            Map.entry("disableVarExpansion", SWITCH),
            Map.entry("disableConversationVar", SWITCH),
            Map.entry("disableDefaultAsserts", SWITCH),
            Map.entry("runSerially", SWITCH),
            Map.entry("repeat", REPEAT)));

    static final Section TEST = section(Map.ofEntries(
            Map.entry("description", TEXT),
            Map.entry("vars", Either.of(TEXT, TEXTS, MAPPING)),
            Map.entry("provider", TEXT_OR_MAPPING),
            Map.entry("providers", TEXTS),
            Map.entry("prompts", TEXTS),
            Map.entry("providerOutput", Either.of(TEXT, MAPPING, new Items(new Any(), ""))),
            Map.entry("assert", new Items(new Any(), "assertions, each behind a dash")),
            Map.entry("assertScoringFunction", TEXT),
            Map.entry("threshold", NUMBER),
            Map.entry("metadata", MAPPING),
            Map.entry("options", OPTIONS)));

    static final Section SCENARIO = section(Map.of(
            "description",
            TEXT,
            "config",
            Either.of(TEXT, new Items(new Any(), "tests that share values")),
            "tests",
            Either.of(TEXT, new Items(new Any(), "tests"), MAPPING)));

    private static final Section EVALUATE = section(Map.ofEntries(
            Map.entry("repeat", REPEAT),
            Map.entry("delay", MILLISECONDS),
            Map.entry("maxConcurrency", new Decimal(true, 1, MOST_CONCURRENT)),
            Map.entry("timeoutMs", MILLISECONDS),
            Map.entry("maxEvalTimeMs", MILLISECONDS),
            Map.entry("filterRange", TEXT),
            Map.entry("cache", SWITCH),
            Map.entry("showProgressBar", SWITCH),
            Map.entry("generateSuggestions", SWITCH),
            Map.entry("suggestionsCount", NUMBER),
            Map.entry("silent", SWITCH)));

    /** A configuration, except its tests, prompts and providers, which can also be in other files. */
    static final Section CONFIGURATION = section(Map.ofEntries(
            Map.entry("description", TEXT),
            Map.entry("tags", new Values(TEXT)),
            Map.entry("scenarios", Either.of(TEXT, new Items(Either.of(TEXT, SCENARIO), "scenarios"))),
            Map.entry("defaultTest", TEXT_OR_MAPPING),
            Map.entry("outputPath", TEXT_OR_TEXTS),
            Map.entry("sharing", Either.of(SWITCH, MAPPING)),
            Map.entry("nunjucksFilters", new Values(TEXT)),
            Map.entry("env", new Values(Either.of(TEXT, NUMBER, SWITCH))),
            Map.entry("derivedMetrics", new Items(section(Map.of("name", TEXT, "value", TEXT)), "name and value")),
            Map.entry("extensions", TEXTS),
            Map.entry("metadata", MAPPING),
            Map.entry("redteam", MAPPING),
            Map.entry("writeLatestResults", SWITCH),
            Map.entry("tracing", MAPPING),
            Map.entry("evaluateOptions", EVALUATE),
            Map.entry("commandLineOptions", EVALUATE)));

    private Forms() {}

    /** Whether an option of a run accepts a value; any other value is an error with its place. */
    static boolean isOption(String name, JsonNode value) {
        return EVALUATE.keys().containsKey(name) && EVALUATE.keys().get(name).allows(value);
    }

    /** The form of a mapping from prompts to their labels. */
    static Section labels(JsonNode mapping) {
        Map<String, Form> keys = new TreeMap<>();
        mapping.fieldNames().forEachRemaining(name -> keys.put(name, TEXT));
        return new Section(keys);
    }

    /** Whether {@code vars} are paths of files instead of variables. */
    static boolean isPaths(JsonNode vars) {
        return vars.isTextual() || TEXTS.allows(vars);
    }

    private static Section section(Map<String, Form> keys) {
        return new Section(new TreeMap<>(keys));
    }
}
