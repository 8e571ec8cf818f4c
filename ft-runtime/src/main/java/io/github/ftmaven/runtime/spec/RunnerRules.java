package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.Locale;
import java.util.Map;

/** Checks {@code runner}, {@code training.runner} and {@code evaluation.runner} against each other. */
final class RunnerRules {
    private static final String CHOICE = "training.runner";
    private static final String ASKED = "evaluation.runner";
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
                String section = "runner." + word(runner);
                new ServerRules(section, spec.path("runner").path(word(runner)), places, problems).check();
                if (chosen(CHOICE).equals(word(runner)) && !problems.touch(CHOICE)) {
                    new HostedRules(runner, spec, places, problems).check();
                }
            }
        }
    }

    private void chosenRunnerIsDescribed(String key) {
        String chosen = chosen(key);
        Place place = places.get(key);
        if (place != null
                && !chosen.equals(word(Runner.LOCAL))
                && isMissing(spec.path("runner").path(chosen))
                && !problems.touch(key)) {
            problems.add(
                    place.value(),
                    key,
                    key + " is " + chosen + ", but there is no section runner." + chosen + "; add it, or choose local");
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

    private void sparkSendsAdapters(String key, String why) {
        Place place = places.get(key);
        if (place != null
                && chosen(key).equals(word(Runner.SPARK))
                && spec.at("/adapter/method").asText().equals(word(Method.FULL))
                && !problems.touch(key)) {
            problems.add(place.value(), key, key + ": spark " + why + "; choose lora or dora, or another runner");
        }
    }

    private String chosen(String key) {
        return spec.at("/" + key.replace('.', '/')).asText();
    }

    private static boolean isMissing(JsonNode section) {
        return section.isMissingNode() || section.isNull();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
