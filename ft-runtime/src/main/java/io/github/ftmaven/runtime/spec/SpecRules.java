package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** Checks keys against each other. A rule about an invalid key is not applied. */
final class SpecRules {
    private static final String METHOD = "adapter.method";
    private static final String QUANTIZATION = "base.quantization";
    private static final String PRECISION = "training.precision";
    private static final String OFFLOAD = "training.offload";
    private static final String BASELINES = "evaluation.baselines";

    /** The keys that the adapter in {@code startFrom} fixes. */
    private static final List<String> SHAPE =
            List.of("rank", "alpha", "scaling", "targets", "exclude", "layers", "patterns");

    private final SpecKeys keys;

    SpecRules(SpecKeys keys) {
        this.keys = keys;
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
        new SplitRules(keys).check();
        aJudgeNeedsASuite();
        baselinesAreDifferent();
        new AcceptanceRules(keys).check();
        selectNeedsExamples();
        new FormatRules(keys).check();
        new DistillRules(keys).check();
        new ReplicaRules(keys).check();
        new RunnerRules(keys).check();
    }

    private void selectNeedsExamples() {
        for (int i = 0; i < keys.at(BASELINES).size(); i++) {
            String path = BASELINES + "[" + i + "].select";
            if (!keys.at(BASELINES).get(i).has("fewShot")) {
                keys.refuseKey(path, path + " selects few-shot examples, but fewShot is not set; add fewShot");
            }
        }
    }

    private void baselinesAreDifferent() {
        JsonNode baselines = keys.at(BASELINES);
        for (int i = 0; i < baselines.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (baselines.get(i).equals(baselines.get(j))) {
                    String path = BASELINES + "[" + i + "]";
                    keys.refuse(path, path + " is the same as " + BASELINES + "[" + j + "]");
                }
            }
        }
    }

    private void columnsAreALayoutOfTheirOwn() {
        JsonNode columns = keys.at("dataset.columns");
        String layout = "dataset.layout";
        if (columns.isObject() && !keys.is(layout, RowLayout.AUTO)) {
            keys.refuseKey(layout, layout + " has no effect beside dataset.columns; remove one of them");
        }
        boolean filled =
                (columns.path("prompt").asText() + columns.path("completion").asText()).contains("{{");
        if (filled && columns.path("input").isTextual()) {
            String input = "dataset.columns.input";
            keys.refuseKey(
                    input,
                    input + " has no effect where prompt or completion is a text with columns in it; put {{"
                            + columns.path("input").asText() + "}} into the prompt");
        }
    }

    private void aJudgeNeedsASuite() {
        String judge = "evaluation.judge";
        if (keys.at(judge).isObject() && !keys.at("evaluation.suite").isTextual()) {
            keys.refuseKey(
                    judge, judge + " grades a suite's assertions, but evaluation.suite is not set; name a suite there");
        }
    }

    private void adapterKeysNeedAnAdapter() {
        if (keys.is(METHOD, Method.FULL)) {
            Stream.concat(SHAPE.stream(), Stream.of("dropout", "startFrom")).forEach(key -> {
                String path = "adapter." + key;
                keys.refuseKey(path, path + " does not apply to method: full; remove it");
            });
        }
    }

    private void quantizationNeedsAnAdapter() {
        if (keys.is(METHOD, Method.FULL) && !keys.is(QUANTIZATION, Quantization.NONE)) {
            keys.refuse(
                    QUANTIZATION,
                    QUANTIZATION
                            + " applies to frozen weights, but method: full trains every weight; use lora or dora");
        }
    }

    private void bfloat16NeedsAnAdapter() {
        if (keys.is(METHOD, Method.FULL) && keys.is(PRECISION, Precision.BFLOAT16)) {
            keys.refuse(
                    PRECISION,
                    PRECISION + ": bfloat16 would round away the steps of weights, and method: full trains every"
                            + " weight; use lora or dora, or float32");
        }
    }

    private void offloadedLayersAreFrozenAndRecomputed() {
        if (!keys.is(OFFLOAD, Offload.LAYERS)) {
            return;
        }
        if (keys.is(METHOD, Method.FULL)) {
            keys.refuse(
                    OFFLOAD,
                    OFFLOAD + ": layers is for frozen layers, but method: full trains every weight; use lora or dora");
        } else if (keys.is("base.initialize", Initialization.RANDOM)) {
            keys.refuse(
                    OFFLOAD,
                    OFFLOAD + ": layers reads the layers of a file, but base.initialize: random has none; remove one of"
                            + " them");
        } else if (keys.is("training.gradientCheckpointing", GradientCheckpointing.OFF)) {
            keys.refuse(
                    OFFLOAD,
                    OFFLOAD + ": layers recomputes each layer when it comes back, but training.gradientCheckpointing is"
                            + " off; set it to auto or on");
        }
    }

    private void anAdapterToGoOnFromHasItsShape() {
        String adapter = "adapter.startFrom";
        if (keys.isWritten(adapter) && keys.at(adapter).isTextual()) {
            for (String key : SHAPE) {
                String path = "adapter." + key;
                keys.refuseKey(path, path + " is fixed by the adapter in startFrom; remove it");
            }
        }
    }

    private void validationKeysNeedValidation() {
        String validation = "dataset.validation";
        JsonNode share = keys.at(validation);
        if (!share.isNumber() || share.doubleValue() != 0 || keys.isWrong(validation)) {
            return;
        }
        for (String path : List.of("training.validateEvery", "training.earlyStopping")) {
            if (keys.at(path).longValue() > 0) {
                keys.refuse(path, path + " needs validation rows; set " + validation + " to a fraction or a path");
            }
        }
    }
}
