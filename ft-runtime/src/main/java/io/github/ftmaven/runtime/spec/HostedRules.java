package io.github.ftmaven.runtime.spec;

import java.util.List;
import java.util.Map;

/**
 * Refuses the keys that a service cannot honour. One that the spec sets is an error, never ignored; one that keeps its
 * default is left to the service. Some values ask for nothing special, and are fine everywhere.
 */
final class HostedRules {
    private static final String CHOICE = "training.runner";
    private static final String ADVICE = "; remove the key, or choose another " + CHOICE;
    private static final String ALPHA = "adapter.alpha";
    private static final String EPOCHS = "training.epochs";
    private static final String SEED = "training.seed";
    private static final String TARGETS = "adapter.targets";
    private static final String SCHEDULE = "training.schedule";

    /** Where models have the names that services know. */
    private static final String HUB = "hf:";

    /** No value of these keys can be promised. */
    private static final List<String> NEVER =
            List.of("training.optimizer", "training.microBatchTokens", "training.checkpointEvery");

    /** The value of each other key that asks for nothing special, as JSON. */
    private static final Map<String, String> HARMLESS = Map.ofEntries(
            Map.entry("base.initialize", "\"pretrained\""),
            Map.entry("base.quantization", "\"none\""),
            Map.entry("dataset.template", "\"auto\""),
            Map.entry("dataset.templateArguments", "null"),
            Map.entry("dataset.endToken", "\"auto\""),
            Map.entry("adapter.method", "\"lora\""),
            Map.entry("adapter.exclude", "[]"),
            Map.entry("adapter.layers", "[]"),
            Map.entry("adapter.patterns", "[]"),
            Map.entry("adapter.startFrom", "null"),
            Map.entry("training.gradientCheckpointing", "\"auto\""),
            Map.entry("training.offload", "\"auto\""),
            Map.entry("training.precision", "\"auto\""),
            Map.entry("training.deterministic", "false"),
            Map.entry("training.validateEvery", "0"),
            Map.entry("training.earlyStopping", "0"),
            Map.entry("training.localSteps", "null"),
            Map.entry("training.replicas", "null"));

    private final Runner runner;
    private final SpecKeys keys;

    /**
     * Prepares the rules.
     *
     * @param runner the service that the spec chooses
     */
    HostedRules(Runner runner, SpecKeys keys) {
        this.runner = runner;
        this.keys = keys;
    }

    void check() {
        NEVER.forEach(this::refuse);
        HARMLESS.forEach((key, value) -> {
            if (!keys.at(key).toString().equals(value)) {
                refuse(key);
            }
        });
        if (runner == Runner.TOGETHER) {
            togetherHasTwoSchedulesAndNamedTargets();
        } else {
            new KeptRules(keys).check();
            theProtocolHasNoScheduleAndAllTargets();
        }
        numbersAreWhole();
        theAccountIsKnown();
        theBaseHasAName();
    }

    private void togetherHasTwoSchedulesAndNamedTargets() {
        if (keys.is(SCHEDULE, Schedule.CONSTANT)) {
            refuse(SCHEDULE);
        }
        if (keys.at(TARGETS).isTextual() && !keys.at(TARGETS).textValue().equals(Targets.ALL_LINEAR)) {
            refuse(TARGETS);
        }
    }

    private void theProtocolHasNoScheduleAndAllTargets() {
        refuse(SCHEDULE);
        if (!keys.at(TARGETS).asText().equals(Targets.ALL_LINEAR)) {
            refuse(TARGETS);
        }
        double alpha = keys.at(ALPHA).doubleValue();
        boolean stabilized = keys.is("adapter.scaling", Scaling.RANK_STABILIZED);
        double sent = stabilized ? alpha * Math.sqrt(keys.at("adapter.rank").doubleValue()) : alpha;
        if (sent != Math.rint(sent)) {
            keys.refuse(
                    ALPHA,
                    CHOICE,
                    ALPHA + " is " + sent + " as lora_alpha, but " + title()
                            + " takes whole numbers; change it, or adapter.scaling");
        }
    }

    private void numbersAreWhole() {
        double epochs = keys.at(EPOCHS).doubleValue();
        if (epochs != Math.rint(epochs)) {
            keys.refuse(EPOCHS, EPOCHS + " is " + epochs + ", but " + title() + " trains for whole epochs; round it");
        }
        if (keys.at(SEED).longValue() > Integer.MAX_VALUE) {
            keys.refuse(SEED, SEED + " is more than " + Integer.MAX_VALUE + ", the most that " + title() + " takes");
        }
    }

    private void theAccountIsKnown() {
        String section = "runner." + SpecWords.word(runner);
        if (keys.at(section + ".apiKeyEnvironment").isNull()
                && keys.at(section + ".server").isNull()) {
            keys.refuse(
                    section,
                    section
                            + " names no API key; add apiKeyEnvironment, an environment variable, or server, the id of a"
                            + " server in Maven's settings");
        }
    }

    private void theBaseHasAName() {
        String model = keys.at("base.model").asText("");
        String own = "runner." + SpecWords.word(runner) + ".model";
        if (keys.at(own).isNull() && !model.startsWith(HUB) && !model.contains("${")) {
            keys.refuse(
                    "runner." + SpecWords.word(runner),
                    own + " is missing: " + title()
                            + " knows models of the hub by their names, but base.model is another;"
                            + " write the service's name of it");
        }
    }

    private void refuse(String key) {
        keys.refuse(key, key + ": " + title() + " cannot honour it" + ADVICE);
    }

    private String title() {
        return runner == Runner.TOGETHER ? "Together" : "the OpenAI protocol";
    }
}
