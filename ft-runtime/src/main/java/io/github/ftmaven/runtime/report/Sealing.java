package io.github.ftmaven.runtime.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.acceptance.Verdict;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.SealedEvaluation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files that seal an accepted adapter. The same scores give the same bytes, so these files do not contain timings.
 */
public final class Sealing {
    private Sealing() {}

    /**
     * The files to add to the jar, by name; see {@link SealedEvaluation}.
     *
     * @param name the fine-tune's name
     * @param coordinates the {@code groupId:artifactId:version} of the release
     * @param baseline the released adapter for rules with {@code over: released}; null without such a rule
     */
    public static SortedMap<String, byte[]> files(
            PackagedAdapter adapter,
            String name,
            String coordinates,
            Scores scores,
            GateResult gate,
            @Nullable ReleasedAdapter baseline)
            throws IOException {
        Scores timeless = new Scores(
                scores.artifactDigest(),
                scores.sets().stream().map(Sealing::timeless).toList());
        List<RuleResult> rules = gate.rules().stream()
                .filter(rule -> !Metrics.isTime(rule.rule().metric()))
                .toList();
        GateResult judged = new GateResult(Gate.verdict(rules), rules, gate.notApplied());
        ObjectNode summary = SummaryJson.judgement(name, timeless, judged);
        if (baseline != null) {
            summary.set("baseline", baseline.json());
        }
        return SealedEvaluation.of(adapter, coordinates, timeless, summary, card(timeless, judged));
    }

    private static ScoreSet timeless(ScoreSet set) {
        List<ProviderScores> providers = new ArrayList<>();
        for (ProviderScores provider : set.providers()) {
            List<ItemScore> items = provider.items().stream()
                    .map(item -> new ItemScore(
                            item.id(),
                            item.expected(),
                            item.answer(),
                            timeless(item.scores()),
                            item.metadata(),
                            item.copyOf()))
                    .toList();
            providers.add(new ProviderScores(provider.provider(), timeless(provider.metrics()), items));
        }
        List<ScoreSet.Missing> missing = set.missing().stream()
                .filter(each -> !Metrics.isTime(each.metric()))
                .toList();
        return new ScoreSet(set.name(), set.digest(), providers, missing);
    }

    private static Map<String, Double> timeless(Map<String, Double> scores) {
        Map<String, Double> timeless = new TreeMap<>(scores);
        timeless.keySet().removeIf(Metrics::isTime);
        return timeless;
    }

    private static String card(Scores scores, GateResult gate) {
        StringBuilder out = new StringBuilder("\n## Evaluation\n\n");
        MarkdownReport.metrics(out, scores);
        int items = scores.test().providers().get(0).items().size();
        int questions = scores.test().questions();
        out.append(String.format(
                Locale.ROOT,
                "\nOn %s%s; every answer is in `%sscores.json`.\n",
                Counted.of(items, "test question"),
                questions == items ? "" : ", " + questions + " of them different",
                PackagedAdapter.EVALUATION));
        Map<Boolean, List<RuleResult>> met =
                gate.rules().stream().collect(Collectors.partitioningBy(rule -> rule.verdict() == Verdict.PASS));
        if (gate.verdict() == Verdict.NOT_JUDGED) {
            out.append("\n**NOT JUDGED**: ")
                    .append(Escape.markdown(gate.message()))
                    .append('\n');
        }
        rules(
                out,
                gate.verdict() == Verdict.PASS ? "It was accepted by these rules:" : "These rules were met:",
                met.getOrDefault(true, List.of()));
        rules(out, "These rules were unmet or inconclusive, and only warn:", met.getOrDefault(false, List.of()));
        return out.toString();
    }

    private static void rules(StringBuilder out, String title, List<RuleResult> rules) {
        if (rules.isEmpty()) {
            return;
        }
        out.append('\n').append(title).append("\n\n");
        for (RuleResult rule : rules) {
            String verdict = rule.verdict() == Verdict.PASS ? "" : "**" + rule.verdict() + "** ";
            out.append("- ")
                    .append(verdict)
                    .append(Escape.markdown(rule.message()))
                    .append('\n');
        }
    }
}
