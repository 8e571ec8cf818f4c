package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.Locale;
import java.util.Map;

/** Checks the keys of {@code runner} and {@code training.runner} against each other. */
final class RunnerRules {
    private static final String CHOICE = "training.runner";
    private static final String COMMAND = "runner.command";

    private final JsonNode spec;
    private final Map<String, Place> places;
    private final Problems problems;

    RunnerRules(JsonNode spec, Map<String, Place> places, Problems problems) {
        this.spec = spec;
        this.places = places;
        this.problems = problems;
    }

    void check() {
        chosenRunnerIsDescribed();
        commandHasItsRequest();
        sparkTrainsAdapters();
        for (Runner runner : Runner.values()) {
            if (runner.isHosted()) {
                String section = "runner." + word(runner);
                new ServerRules(section, spec.path("runner").path(word(runner)), places, problems).check();
                if (spec.at("/training/runner").asText().equals(word(runner)) && !problems.touch(CHOICE)) {
                    new HostedRules(runner, spec, places, problems).check();
                }
            }
        }
    }

    private void chosenRunnerIsDescribed() {
        String chosen = spec.at("/training/runner").asText();
        Place place = places.get(CHOICE);
        if (place != null
                && !chosen.equals(word(Runner.LOCAL))
                && isMissing(spec.path("runner").path(chosen))
                && !problems.touch(CHOICE)) {
            problems.add(
                    place.value(),
                    CHOICE,
                    CHOICE + " is " + chosen + ", but there is no section runner." + chosen
                            + "; add it, or choose local");
        }
    }

    private void commandHasItsRequest() {
        JsonNode command = spec.at("/runner/command");
        Place place = places.get(COMMAND);
        if (place != null
                && command.isTextual()
                && !command.textValue().contains("{request}")
                && !problems.touch(COMMAND)) {
            problems.add(
                    place.value(),
                    COMMAND,
                    COMMAND + " does not say where {request} goes, the directory with all that the training needs");
        }
    }

    private void sparkTrainsAdapters() {
        Place place = places.get(CHOICE);
        if (place != null
                && spec.at("/training/runner").asText().equals(word(Runner.SPARK))
                && spec.at("/adapter/method").asText().equals(word(Method.FULL))
                && !problems.touch(CHOICE)) {
            problems.add(
                    place.value(),
                    CHOICE,
                    CHOICE
                            + ": spark sends what is trained to every worker in each step, and adapter.method: full trains"
                            + " every weight; choose lora or dora, or another runner");
        }
    }

    private static boolean isMissing(JsonNode section) {
        return section.isMissingNode() || section.isNull();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
