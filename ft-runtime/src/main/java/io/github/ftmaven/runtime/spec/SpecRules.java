package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Checks keys against each other. A rule about an invalid key is not applied. */
final class SpecRules {
    /** The keys that the adapter in {@code startFrom} fixes. */
    private static final List<String> SHAPE =
            List.of("rank", "alpha", "scaling", "targets", "exclude", "layers", "patterns");

    private final JsonNode spec;
    private final Map<String, Place> places;
    private final Problems problems;

    /** Prepares the rules for a spec with its defaults; {@code places} holds the keys that the user wrote. */
    SpecRules(JsonNode spec, Map<String, Place> places, Problems problems) {
        this.spec = spec;
        this.places = places;
        this.problems = problems;
    }

    /** Adds every broken rule to the problems. */
    void check() {
        adapterKeysNeedAnAdapter();
        quantizationNeedsAnAdapter();
        bfloat16NeedsAnAdapter();
        offloadedLayersAreFrozenAndRecomputed();
        anAdapterToGoOnFromHasItsShape();
        validationKeysNeedValidation();
        columnsAreALayoutOfTheirOwn();
        new SplitRules(spec, places, problems).check();
        aJudgeNeedsASuite();
        baselinesAreDifferent();
        new AcceptanceRules(spec, places, problems).check();
        selectNeedsExamples();
        new FormatRules(spec, places, problems).check();
        new DistillRules(spec, places, problems).check();
        new ReplicaRules(spec, places, problems).check();
        new RunnerRules(spec, places, problems).check();
    }

    private void selectNeedsExamples() {
        for (int i = 0; i < spec.at("/evaluation/baselines").size(); i++) {
            String path = "evaluation.baselines[" + i + "].select";
            Place place = places.get(path);
            if (place != null && !spec.at("/evaluation/baselines/" + i).has("fewShot") && !problems.touch(path)) {
                problems.add(
                        place.key(), path, path + " selects few-shot examples, but fewShot is not set; add fewShot");
            }
        }
    }

    private void baselinesAreDifferent() {
        JsonNode baselines = spec.at("/evaluation/baselines");
        for (int i = 0; i < baselines.size(); i++) {
            for (int j = 0; j < i; j++) {
                String path = "evaluation.baselines[" + i + "]";
                Place place = places.get(path);
                if (place != null && baselines.get(i).equals(baselines.get(j)) && !problems.touch(path)) {
                    problems.add(place.value(), path, path + " is the same as evaluation.baselines[" + j + "]");
                }
            }
        }
    }

    private void columnsAreALayoutOfTheirOwn() {
        JsonNode columns = spec.at("/dataset/columns");
        String layout = "dataset.layout";
        Place named = places.get(layout);
        if (named != null
                && columns.isObject()
                && !is(spec.at("/dataset/layout"), RowLayout.AUTO)
                && !problems.touch(layout)) {
            problems.add(named.key(), layout, layout + " has no effect beside dataset.columns; remove one of them");
        }
        String input = "dataset.columns.input";
        Place place = places.get(input);
        boolean filled =
                (columns.path("prompt").asText() + columns.path("completion").asText()).contains("{{");
        if (place != null && filled && columns.path("input").isTextual() && !problems.touch(input)) {
            problems.add(
                    place.key(),
                    input,
                    input + " has no effect where prompt or completion is a text with columns in it; put {{"
                            + columns.path("input").asText() + "}} into the prompt");
        }
    }

    private void aJudgeNeedsASuite() {
        String path = "evaluation.judge";
        Place place = places.get(path);
        boolean idle = spec.at("/evaluation/judge").isObject()
                && !spec.at("/evaluation/suite").isTextual();
        if (place != null && idle && !problems.touch(path)) {
            problems.add(
                    place.key(),
                    path,
                    path + " grades a suite's assertions, but evaluation.suite is not set; name a suite there");
        }
    }

    private void adapterKeysNeedAnAdapter() {
        if (is(spec.at("/adapter/method"), Method.FULL)) {
            for (String key : Stream.concat(SHAPE.stream(), Stream.of("dropout", "startFrom"))
                    .toList()) {
                String path = "adapter." + key;
                Place place = places.get(path);
                if (place != null && !problems.touch(path)) {
                    problems.add(place.key(), path, path + " does not apply to method: full; remove it");
                }
            }
        }
    }

    private void quantizationNeedsAnAdapter() {
        Place place = places.get("base.quantization");
        if (place != null
                && is(spec.at("/adapter/method"), Method.FULL)
                && !is(spec.at("/base/quantization"), Quantization.NONE)
                && !problems.touch("base.quantization")) {
            String text = "base.quantization applies to frozen weights, but method: full trains every weight;"
                    + " use lora or dora";
            problems.add(place.value(), "base.quantization", text);
        }
    }

    private void bfloat16NeedsAnAdapter() {
        String path = "training.precision";
        Place place = places.get(path);
        if (place != null
                && is(spec.at("/adapter/method"), Method.FULL)
                && is(spec.at("/training/precision"), Precision.BFLOAT16)
                && !problems.touch(path)) {
            String text = path + ": bfloat16 would round away the steps of weights, and method: full trains every"
                    + " weight; use lora or dora, or float32";
            problems.add(place.value(), path, text);
        }
    }

    private void offloadedLayersAreFrozenAndRecomputed() {
        String path = "training.offload";
        Place place = places.get(path);
        if (place == null || !is(spec.at("/training/offload"), Offload.LAYERS)) {
            return;
        }
        String text = "";
        if (is(spec.at("/adapter/method"), Method.FULL)) {
            text = path + ": layers is for frozen layers, but method: full trains every weight; use lora or dora";
        } else if (is(spec.at("/base/initialize"), Initialization.RANDOM)) {
            text = path
                    + ": layers reads the layers of a file, but base.initialize: random has none; remove one of them";
        } else if (is(spec.at("/training/gradientCheckpointing"), GradientCheckpointing.OFF)) {
            text = path
                    + ": layers recomputes each layer when it comes back, but training.gradientCheckpointing is off;"
                    + " set it to auto or on";
        }
        if (!text.isEmpty() && !problems.touch(path)) {
            problems.add(place.value(), path, text);
        }
    }

    private void anAdapterToGoOnFromHasItsShape() {
        if (places.containsKey("adapter.startFrom")
                && spec.at("/adapter/startFrom").isTextual()) {
            for (String key : SHAPE) {
                String path = "adapter." + key;
                Place place = places.get(path);
                if (place != null && !problems.touch(path)) {
                    problems.add(place.key(), path, path + " is fixed by the adapter in startFrom; remove it");
                }
            }
        }
    }

    private void validationKeysNeedValidation() {
        JsonNode validation = spec.at("/dataset/validation");
        if (!validation.isNumber() || validation.doubleValue() != 0 || problems.touch("dataset.validation")) {
            return;
        }
        for (String key : List.of("validateEvery", "earlyStopping")) {
            String path = "training." + key;
            Place place = places.get(path);
            if (place != null && spec.at("/training/" + key).longValue() > 0 && !problems.touch(path)) {
                String text = path + " needs validation rows; set dataset.validation to a fraction or a path";
                problems.add(place.value(), path, text);
            }
        }
    }

    private static boolean is(JsonNode value, Enum<?> constant) {
        return SpecWords.word(constant).equals(value.textValue());
    }
}
