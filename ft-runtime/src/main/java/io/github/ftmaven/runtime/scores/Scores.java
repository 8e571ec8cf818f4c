package io.github.ftmaven.runtime.scores;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The result of one evaluation.
 *
 * @param artifactDigest SHA-256 of the trained files of the packaged adapter, in lower-case hexadecimal; see {@link
 *     io.github.ftmaven.runtime.adapter.PackagedAdapter#trainedDigest()}
 * @param sets the set of {@code dataset.test} first; no two sets measure the same metric
 */
public record Scores(String artifactDigest, List<ScoreSet> sets) {
    /** Throws {@link IllegalArgumentException} when the digest is malformed, or there is no set of the test questions. */
    public Scores {
        ScoreSet.requireDigest("artifactDigest", artifactDigest);
        sets = List.copyOf(sets);
        if (sets.isEmpty() || !sets.get(0).name().equals(ScoreSet.TEST)) {
            throw new IllegalArgumentException("the first set is not \"test\", so nothing was measured");
        }
        Set<String> names = new HashSet<>();
        Map<String, String> owners = new HashMap<>();
        for (ScoreSet set : sets) {
            if (!names.add(set.name())) {
                throw new IllegalArgumentException("the set " + set.name() + " appears twice");
            }
            for (String metric : metrics(set)) {
                String other = owners.put(metric, set.name());
                if (other != null) {
                    throw new IllegalArgumentException(
                            "the metric " + metric + " is in the set " + other + " and in " + set.name());
                }
            }
        }
    }

    /** The set with this name. */
    public Optional<ScoreSet> set(String name) {
        return sets.stream().filter(set -> set.name().equals(name)).findFirst();
    }

    /** The questions of {@code dataset.test}. */
    public ScoreSet test() {
        return sets.get(0);
    }

    /** The set in which a metric was measured for at least one provider. */
    public Optional<ScoreSet> measuring(String metric) {
        return sets.stream().filter(set -> metrics(set).contains(metric)).findFirst();
    }

    /** The names of all providers, in the order in which the sets name them. */
    public List<String> providers() {
        Set<String> names = new LinkedHashSet<>();
        sets.forEach(set -> set.providers().forEach(provider -> names.add(provider.provider())));
        return new ArrayList<>(names);
    }

    /** Whether a provider was evaluated, even if none of its metrics can be compared. */
    public boolean knows(String provider) {
        return sets.stream()
                .anyMatch(set -> set.provider(provider).isPresent()
                        || set.missing().stream()
                                .anyMatch(each -> each.provider().equals(provider)));
    }

    /** All metrics of a provider, set by set; empty for a provider that was not evaluated. */
    public Map<String, Double> metrics(String provider) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        sets.forEach(set -> set.provider(provider).map(ProviderScores::metrics).ifPresent(metrics::putAll));
        return metrics;
    }

    private static Collection<String> metrics(ScoreSet set) {
        Set<String> metrics = new LinkedHashSet<>();
        set.providers().forEach(provider -> metrics.addAll(provider.metrics().keySet()));
        return metrics;
    }
}
