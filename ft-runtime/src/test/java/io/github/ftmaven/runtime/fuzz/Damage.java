package io.github.ftmaven.runtime.fuzz;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Documents that stay well-formed, for what only sees inputs that a reader let through. */
public final class Damage {
    private Damage() {}

    /** So many changed documents, the same for the same seed. */
    public static List<byte[]> changes(long seed, List<byte[]> documents, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMutator mutator = new TreeMutator(random);
        return Stream.generate(() -> mutator.mutate(documents.get(random.nextInt(documents.size()))))
                .<byte[]>mapMulti((changed, sink) -> {
                    if (changed != null) {
                        sink.accept(changed);
                    }
                })
                .limit(count)
                .toList();
    }
}
