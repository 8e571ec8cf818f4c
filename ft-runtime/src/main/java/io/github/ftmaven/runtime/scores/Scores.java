package io.github.ftmaven.runtime.scores;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The result of one evaluation. Every provider answered the same items in the same order, so they compare item by item.
 *
 * @param testDigest SHA-256 of the test set that was answered, in lower-case hexadecimal
 * @param artifactDigest SHA-256 of the packaged adapter that was loaded, in lower-case hexadecimal
 * @param providers at least one, each name once
 */
public record Scores(String testDigest, String artifactDigest, List<ProviderScores> providers) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Throws {@link IllegalArgumentException} when a digest is malformed or the providers cannot be compared. */
    public Scores {
        requireDigest("testDigest", testDigest);
        requireDigest("artifactDigest", artifactDigest);
        providers = List.copyOf(providers);
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("there are no providers, so nothing was measured");
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
    public Optional<ProviderScores> provider(String name) {
        return providers.stream().filter(p -> p.provider().equals(name)).findFirst();
    }

    private static void requireDigest(String name, String digest) {
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
        }
    }
}
