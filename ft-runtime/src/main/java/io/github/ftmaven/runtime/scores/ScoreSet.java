package io.github.ftmaven.runtime.scores;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The answers to one set of questions. Every provider answered the same items in the same order, so they compare item by
 * item.
 *
 * @param name {@link #TEST}, {@link #SUITE}, {@link #RETENTION}, or a task's
 * @param digest SHA-256 of the questions, in lower-case hexadecimal: equal digests, comparable scores
 * @param providers at least one, each name once
 */
public record ScoreSet(String name, String digest, List<ProviderScores> providers) {
    /** The questions of {@code dataset.test}. */
    public static final String TEST = "test";

    /** The tests of {@code evaluation.suite}. */
    public static final String SUITE = "suite";

    /** The general text of {@code evaluation.retention}. */
    public static final String RETENTION = "retention";

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Throws {@link IllegalArgumentException} when the digest is malformed or the providers cannot be compared. */
    public ScoreSet {
        requireDigest("digest of the set " + name, digest);
        providers = List.copyOf(providers);
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("the set " + name + " has no providers, so nothing was measured");
        }
        Set<String> names = new HashSet<>();
        for (ProviderScores provider : providers) {
            if (!names.add(provider.provider())) {
                throw new IllegalArgumentException("provider " + provider.provider() + " appears twice");
            }
            requireSameItems(providers.get(0), provider);
        }
    }

    /** The scores of the provider of that name. */
    public Optional<ProviderScores> provider(String provider) {
        return providers.stream().filter(p -> p.provider().equals(provider)).findFirst();
    }

    static void requireDigest(String name, String digest) {
        if (!SHA256.matcher(digest).matches()) {
            throw new IllegalArgumentException(
                    name + " is \"" + digest + "\", but a digest is 64 lower-case hexadecimal digits");
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
        }
    }
}
