package com.example;

import io.github.ftmaven.runtime.inference.FineTunedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tells what kind of clause a sentence of an insurance contract is. Several threads may ask it. */
public final class ClauseService implements AutoCloseable {
    private static final List<String> KINDS = List.of(
            "condition", "coverage", "deductible", "definition", "duty", "exclusion", "limit", "termination");

    private final FineTunedModel model;

    /** Loads the adapter that is a dependency of this program, on the base model in a directory. */
    public ClauseService(Path base) {
        model = FineTunedModel.fromClasspath("com.example:clause-triage", base);
    }

    /** The probability of each kind, the most probable first. */
    public Map<String, Double> kinds(String clause) {
        return model.classify(clause, KINDS);
    }

    /** What the model answers by itself. */
    public String kind(String clause) {
        return model.generate(clause).text();
    }

    @Override
    public void close() {
        model.close();
    }
}
