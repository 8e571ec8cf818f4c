package io.github.ftmaven.runtime.assertion;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The types of assertions, and which of promptfoo's are not made here. */
public final class Checks {
    static final Map<String, Check> DETERMINISTIC = Map.ofEntries(
            Map.entry("equals", TextChecks::equals),
            Map.entry("contains", TextChecks.contains(false)),
            Map.entry("icontains", TextChecks.contains(true)),
            Map.entry("contains-any", TextChecks.containsAny(false)),
            Map.entry("icontains-any", TextChecks.containsAny(true)),
            Map.entry("contains-all", TextChecks.containsAll(false)),
            Map.entry("icontains-all", TextChecks.containsAll(true)),
            Map.entry("starts-with", TextChecks::startsWith),
            Map.entry("regex", TextChecks::regex),
            Map.entry("word-count", TextChecks::wordCount),
            Map.entry("is-json", JsonChecks::isJson),
            Map.entry("contains-json", JsonChecks::containsJson),
            Map.entry("is-xml", XmlChecks::isXml),
            Map.entry("contains-xml", XmlChecks::containsXml),
            Map.entry("rouge-n", SimilarityChecks::rouge),
            Map.entry("bleu", SimilarityChecks::bleu),
            Map.entry("gleu", SimilarityChecks::gleu),
            Map.entry("levenshtein", SimilarityChecks::levenshtein),
            Map.entry("latency", ResponseChecks::latency),
            Map.entry("cost", ResponseChecks::cost),
            Map.entry("finish-reason", ResponseChecks::finishReason),
            Map.entry("perplexity", ResponseChecks::perplexity),
            Map.entry("perplexity-score", ResponseChecks::perplexityScore),
            Map.entry("is-refusal", ResponseChecks::refusal),
            Map.entry("javascript", ScriptCheck::check));

    /** What a type would need that is not here. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("python", "Python"),
            Map.entry("ruby", "Ruby"),
            Map.entry("meteor", "WordNet"),
            Map.entry("is-sql", "a parser of SQL"),
            Map.entry("contains-sql", "a parser of SQL"),
            Map.entry("is-html", "a parser of HTML"),
            Map.entry("contains-html", "a parser of HTML"),
            Map.entry("llm-rubric", "a judge"),
            Map.entry("model-graded-closedqa", "a judge"),
            Map.entry("model-graded-factuality", "a judge"),
            Map.entry("factuality", "a judge"),
            Map.entry("g-eval", "a judge"),
            Map.entry("answer-relevance", "a judge"),
            Map.entry("context-faithfulness", "a judge"),
            Map.entry("context-recall", "a judge"),
            Map.entry("context-relevance", "a judge"),
            Map.entry("conversation-relevance", "a judge"),
            Map.entry("search-rubric", "a judge"),
            Map.entry("agent-rubric", "a judge"),
            Map.entry("select-best", "a judge"),
            Map.entry("max-score", "a comparison of providers"),
            Map.entry("similar", "embeddings"),
            Map.entry("similar:cosine", "embeddings"),
            Map.entry("similar:dot", "embeddings"),
            Map.entry("similar:euclidean", "embeddings"),
            Map.entry("classifier", "a classifier"),
            Map.entry("moderation", "a moderation service"),
            Map.entry("pi", "a scoring service"),
            Map.entry("webhook", "a web service"),
            Map.entry("guardrails", "a provider with guardrails"),
            Map.entry("human", "a person"));

    private Checks() {}

    /** Every type that can be checked here, and their opposites. */
    public static Set<String> types() {
        Set<String> types = new TreeSet<>(DETERMINISTIC.keySet());
        DETERMINISTIC.keySet().forEach(type -> types.add("not-" + type));
        types.add(Assertion.SET);
        return types;
    }

    /** What a type of promptfoo's needs that is not here; empty for one that is not promptfoo's either. */
    public static String needs(String baseType) {
        if (baseType.startsWith("trajectory:") || baseType.startsWith("trace-")) {
            return "traces";
        }
        return ELSEWHERE.getOrDefault(baseType, "");
    }
}
