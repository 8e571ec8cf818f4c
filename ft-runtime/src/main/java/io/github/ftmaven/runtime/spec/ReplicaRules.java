package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Checks {@code training.localSteps} and {@code training.replicas} against each other. */
final class ReplicaRules {
    private static final String LOCAL_STEPS = "training.localSteps";
    private static final String REPLICAS = "training.replicas";

    private final SpecKeys keys;

    ReplicaRules(SpecKeys keys) {
        this.keys = keys;
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
        boolean inRounds = keys.at(LOCAL_STEPS).isNumber();
        boolean replicated = keys.at(REPLICAS).isNumber();
        if (inRounds && !replicated) {
            keys.refuseKey(
                    LOCAL_STEPS,
                    LOCAL_STEPS + " needs the number of adapters to average; add " + REPLICAS
                            + ", or runner.spark.workers for as many");
        } else if (replicated && !inRounds) {
            keys.refuseKey(
                    REPLICAS,
                    REPLICAS + " has no effect without " + LOCAL_STEPS + ", the steps between two averages; add it, or"
                            + " remove replicas");
        }
    }
}
