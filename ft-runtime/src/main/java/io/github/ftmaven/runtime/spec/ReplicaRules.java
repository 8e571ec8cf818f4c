package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.Map;

/** Checks {@code training.localSteps} and {@code training.replicas} against each other. */
final class ReplicaRules {
    private static final String LOCAL_STEPS = "training.localSteps";
    private static final String REPLICAS = "training.replicas";

    private final JsonNode spec;
    private final Map<String, Place> places;
    private final Problems problems;

    ReplicaRules(JsonNode spec, Map<String, Place> places, Problems problems) {
        this.spec = spec;
        this.places = places;
        this.problems = problems;
    }

    /** Without a number of replicas, each worker of Spark has one. */
    static void fillIn(ObjectNode spec) {
        JsonNode workers = spec.at("/runner/spark/workers");
        if (spec.at("/training/localSteps").isNumber()
                && !spec.at("/training/replicas").isNumber()
                && workers.isNumber()) {
            ((ObjectNode) spec.path("training")).set("replicas", workers);
        }
    }

    void check() {
        boolean inRounds = spec.at("/training/localSteps").isNumber();
        boolean replicated = spec.at("/training/replicas").isNumber();
        if (inRounds && !replicated) {
            add(
                    LOCAL_STEPS,
                    LOCAL_STEPS + " needs the number of adapters to average; add " + REPLICAS
                            + ", or runner.spark.workers for as many");
        } else if (replicated && !inRounds) {
            add(
                    REPLICAS,
                    REPLICAS + " has no effect without " + LOCAL_STEPS + ", the steps between two averages; add it, or"
                            + " remove replicas");
        }
    }

    private void add(String path, String text) {
        Place place = places.get(path);
        if (place != null && !problems.touch(path)) {
            problems.add(place.key(), path, text);
        }
    }
}
