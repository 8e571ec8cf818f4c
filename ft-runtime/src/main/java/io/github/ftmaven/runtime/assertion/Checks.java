package io.github.ftmaven.runtime.assertion;

import io.github.ftmaven.runtime.assertion.GradingServices.Kind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The supported types of assertions, and the unsupported ones of promptfoo. */
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
            Map.entry("is-refusal", RefusalCheck::check),
            Map.entry("is-html", HtmlChecks::isHtml),
            Map.entry("contains-html", HtmlChecks::containsHtml),
            Map.entry("tool-call-f1", ToolCallChecks::f1),
            Map.entry("is-valid-function-call", ToolCallChecks::functionCall),
            Map.entry("is-valid-openai-function-call", ToolCallChecks::functionCall),
            Map.entry("is-valid-openai-tools-call", ToolCallChecks::toolsCall),
            Map.entry("javascript", ScriptCheck::check));

    static final Map<String, JudgedCheck> JUDGED = Map.ofEntries(
            Map.entry("llm-rubric", RubricCheck::check),
            Map.entry("model-graded-closedqa", AnswerChecks::closedQa),
            Map.entry("model-graded-factuality", AnswerChecks::factuality),
            Map.entry("factuality", AnswerChecks::factuality),
            Map.entry("g-eval", GEvalCheck::check),
            Map.entry("similar", EmbeddingChecks::similar),
            Map.entry("similar:cosine", EmbeddingChecks::similar),
            Map.entry("similar:dot", EmbeddingChecks::similar),
            Map.entry("similar:euclidean", EmbeddingChecks::similar),
            Map.entry("answer-relevance", EmbeddingChecks::answerRelevance),
            Map.entry("context-faithfulness", ContextChecks::faithfulness),
            Map.entry("context-recall", ContextChecks::recall),
            Map.entry("context-relevance", ContextChecks::relevance),
            Map.entry("conversation-relevance", ConversationCheck::check),
            Map.entry("webhook", WebhookCheck::check));

    /** The missing requirements of unsupported types. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("python", "Python"),
            Map.entry("ruby", "Ruby"),
            Map.entry("meteor", "WordNet"),
            Map.entry("is-sql", "an SQL parser"),
            Map.entry("contains-sql", "an SQL parser"),
            Map.entry("search-rubric", "a judge that searches the web"),
            Map.entry("agent-rubric", "an agent as its judge"),
            Map.entry("classifier", "a classifier"),
            Map.entry("moderation", "a moderation service"),
            Map.entry("pi", "a scoring service"),
            Map.entry("guardrails", "a provider with guardrails"),
            Map.entry("skill-used", "an agent's record of its skills"),
            Map.entry("human", "a person"));

    private Checks() {}

    /** Every supported type, and its negation. */
    public static Set<String> types() {
        Set<String> types = new TreeSet<>(DETERMINISTIC.keySet());
        types.addAll(JUDGED.keySet());
        Set.copyOf(types).forEach(type -> types.add("not-" + type));
        types.addAll(OutputComparison.TYPES);
        types.add(Assertion.SET);
        return types;
    }

    /** The kinds of models that a type asks. */
    public static Set<Kind> asks(String baseType) {
        if (baseType.startsWith("similar")) {
            return EnumSet.of(Kind.EMBEDDING);
        }
        if (baseType.equals("answer-relevance")) {
            return EnumSet.allOf(Kind.class);
        }
        boolean judged = JUDGED.containsKey(baseType) && !baseType.equals("webhook");
        return judged || baseType.equals("select-best") ? EnumSet.of(Kind.TEXT) : EnumSet.noneOf(Kind.class);
    }

    /**
     * The missing requirement of an unsupported promptfoo type; empty for a type that promptfoo does not have either.
     */
    public static String needs(String baseType) {
        if (baseType.startsWith("trajectory:") || baseType.startsWith("trace-")) {
            return "traces";
        }
        if (baseType.startsWith("promptfoo:redteam:")) {
            return "red teaming";
        }
        return ELSEWHERE.getOrDefault(baseType, "");
    }
}
