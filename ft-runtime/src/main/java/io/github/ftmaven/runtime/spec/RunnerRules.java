package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.Map;

/** Rules of training elsewhere. */
final class RunnerRules {
    private static final String RUNNER = "training.runner";

    private final JsonNode spec;
    private final Map<String, Place> places;
    private final Problems problems;

    RunnerRules(JsonNode spec, Map<String, Place> places, Problems problems) {
        this.spec = spec;
        this.places = places;
        this.problems = problems;
    }

    void check() {
        Place place = places.get(RUNNER);
        if (place == null || !word(spec.at("/training/runner"), Runner.SPARK)) {
            return;
        }
        String text = "";
        if (!spec.at("/runner/spark").isObject()) {
            text = RUNNER + ": spark needs a cluster; write runner.spark.master, such as local-cluster[2,1,2048]";
        } else if (word(spec.at("/adapter/method"), Method.FULL)) {
            text = RUNNER + ": spark sends what is trained to the workers in every step, and method: full trains every"
                    + " weight; use lora or dora, or the runner local";
        }
        if (!text.isEmpty() && !problems.touch(RUNNER)) {
            problems.add(place.value(), RUNNER, text);
        }
    }

    private static boolean word(JsonNode value, Enum<?> constant) {
        return value.isTextual() && value.textValue().equals(SpecWords.word(constant));
    }
}
