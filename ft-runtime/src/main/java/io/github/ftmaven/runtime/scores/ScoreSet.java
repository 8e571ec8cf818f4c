package io.github.ftmaven.runtime.scores;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The answers to one set of questions. Every provider answered the same items in the same order, so their results can
 * be compared item by item.
 *
 * @param name {@link #TEST}, {@link #SUITE}, {@link #RETENTION}, or a task's
 * @param digest SHA-256 of the questions, in lower-case hexadecimal: scores with equal digests are comparable
 * @param providers at least one, with distinct names
 * @param missing the metrics that could not be measured for an evaluated model, and why
 */
public record ScoreSet(String name, String digest, List<ProviderScores> providers, List<Missing> missing) {
    /** The questions of {@code dataset.test}. */
    public static final String TEST = "test";

    /** The tests of {@code evaluation.suite}. */
    public static final String SUITE = "suite";

    /** The general text of {@code evaluation.retention}. */
    public static final String RETENTION = "retention";

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * A metric of a model that is missing because it cannot be compared with other models.
     *
     * @param reason a clause with the reason that refers to the model as "it"
     */
    public record Missing(String provider, String metric, String reason) {}

    /** A set without missing metrics. */
    public ScoreSet(String name, String digest, List<ProviderScores> providers) {
        this(name, digest, providers, List.of());
    }

    /** Throws {@link IllegalArgumentException} when the digest is malformed or the providers cannot be compared. */
    public ScoreSet {
        requireDigest("digest of the set " + name, digest);
        providers = List.copyOf(providers);
        missing = List.copyOf(missing);
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("the set " + name + " has no providers, so nothing was measured");
        }
        requireCopiesOfItems(providers.get(0).items());
        Set<String> names = new HashSet<>();
        for (ProviderScores provider : providers) {
            if (!names.add(provider.provider())) {
                throw new IllegalArgumentException("provider " + provider.provider() + " appears twice");
            }
            requireSameItems(providers.get(0), provider);
        }
        for (Missing each : missing) {
            if (providers.stream()
                    .anyMatch(provider -> provider.provider().equals(each.provider())
                            && provider.metrics().containsKey(each.metric()))) {
                throw new IllegalArgumentException(
                        "the " + each.metric() + " of " + each.provider() + " is both measured and missing");
            }
        }
    }

    /** The scores of the provider with this name. */
    public Optional<ProviderScores> provider(String provider) {
        return providers.stream().filter(p -> p.provider().equals(provider)).findFirst();
    }

    /** Why a metric of a provider is missing; empty if no reason is recorded. */
    public Optional<String> whyMissing(String provider, String metric) {
        return missing.stream()
                .filter(each ->
                        each.provider().equals(provider) && each.metric().equals(metric))
                .map(Missing::reason)
                .findFirst();
    }

    /** The number of different questions; see {@link ItemScore#copyOf}. */
    public int questions() {
        return Copies.questions(providers.get(0).items());
    }

    private static void requireCopiesOfItems(List<ItemScore> items) {
        Set<String> originals = new HashSet<>();
        for (ItemScore item : items) {
            String original = item.copyOf();
            if (original == null) {
                originals.add(item.id());
            } else if (!originals.contains(original)) {
                throw new IllegalArgumentException("item " + item.id() + " is a copy of " + original
                        + ", which is not an earlier item, or is itself a copy");
            }
        }
    }

    static void requireDigest(String name, String digest) {
        if (!SHA256.matcher(digest).matches()) {
            throw new IllegalArgumentException(
                    name + " is \"" + digest + "\", but a digest must be 64 lower-case hexadecimal digits");
        }
    }

    private static void requireSameItems(ProviderScores first, ProviderScores other) {
        if (first.items().size() != other.items().size()) {
            throw new IllegalArgumentException(first.provider() + " answered "
                    + first.items().size() + " items but " + other.provider() + " "
                    + other.items().size());
        }
        for (int i = 0; i < first.items().size(); i++) {
            ItemScore a = first.items().get(i);
            ItemScore b = other.items().get(i);
            if (!a.id().equals(b.id())) {
                throw new IllegalArgumentException("item " + (i + 1) + " is " + a.id() + " for " + first.provider()
                        + " but " + b.id() + " for " + other.provider());
            }
            if (!a.expected().equals(b.expected())) {
                throw new IllegalArgumentException("item " + a.id() + " expects different answers from "
                        + first.provider() + " and " + other.provider());
            }
            if (!a.metadata().equals(b.metadata())) {
                throw new IllegalArgumentException("item " + a.id() + " has different metadata for " + first.provider()
                        + " and " + other.provider());
            }
            if (!Objects.equals(a.copyOf(), b.copyOf())) {
                throw new IllegalArgumentException("item " + a.id() + " is a copy of another item for "
                        + first.provider() + " than for " + other.provider());
            }
        }
    }
}
