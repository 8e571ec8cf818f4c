package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks {@code runner}, {@code training.runner} and {@code evaluation.runner} against each other. */
final class RunnerRules {
    private static final String CHOICE = "training.runner";
    private static final String ASKED = "evaluation.runner";
    private static final String COMMAND = "runner.command";

    private final SpecKeys keys;

    RunnerRules(SpecKeys keys) {
        this.keys = keys;
    }

    void check() {
        chosenRunnerIsDescribed(CHOICE);
        chosenRunnerIsDescribed(ASKED);
        commandHasItsRequest();
        sparkSendsAdapters(
                CHOICE,
                "sends what is trained to every worker in each step, and adapter.method: full trains every weight");
        sparkSendsAdapters(
                ASKED, "sends what was trained to every worker, and adapter.method: full trains every weight");
        for (Runner runner : Runner.values()) {
            if (runner.isHosted()) {
                new ServerRules("runner." + SpecWords.word(runner), keys).check();
                if (keys.is(CHOICE, runner) && !keys.isWrong(CHOICE)) {
                    new HostedRules(runner, keys).check();
                }
            }
        }
    }

    private void chosenRunnerIsDescribed(String key) {
        String section = "runner." + keys.at(key).asText();
        if (!keys.is(key, Runner.LOCAL) && keys.at(section).isNull() && !keys.isWrong(section)) {
            keys.refuse(
                    key,
                    key + " is " + keys.at(key).asText() + ", but there is no section " + section
                            + "; add it, or choose local");
        }
    }

    private void commandHasItsRequest() {
        JsonNode command = keys.at(COMMAND);
        if (command.isTextual() && !command.textValue().contains("{request}")) {
            keys.refuse(
                    COMMAND,
                    COMMAND + " does not say where {request} goes, the directory with all that the training needs");
        }
    }

    private void sparkSendsAdapters(String key, String why) {
        if (keys.is(key, Runner.SPARK) && keys.is("adapter.method", Method.FULL)) {
            keys.refuse(key, key + ": spark " + why + "; choose lora or dora, or another runner");
        }
    }
}
