package io.github.ftmaven.runtime.memory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.model.DType;
import java.util.Locale;

/** An {@link Outlook} as JSON, for other programs. */
public final class OutlookJson {
    private OutlookJson() {}

    /**
     * The object of {@code plan.json}.
     *
     * @param name of the fine-tune
     */
    public static ObjectNode of(Outlook outlook, String name) {
        Machine machine = outlook.machine();
        ObjectNode json = JsonFile.object().put("formatVersion", 1).put("name", name);
        json.putObject("machine")
                .put("device", machine.isOnGpu() ? "cuda" : "cpu")
                .put("availableBytes", machine.room())
                .put("float32OperationsPerSecond", Math.round(machine.single().operations()))
                .put("bfloat16OperationsPerSecond", Math.round(machine.half().operations()))
                .put("hasBfloat16", machine.hasBfloat16());
        ObjectNode training = json.putObject("training");
        Places places = outlook.places();
        training.put("runner", word(places.training()));
        if (!places.training().isHosted()) { // a service takes nothing of this machine
            put(training, outlook);
        }
        ObjectNode evaluation = json.putObject("evaluation")
                .put("runner", word(places.evaluation()))
                .put("fits", outlook.isAskingPossible());
        put(evaluation, outlook.asking());
        json.put("bfloat16WouldPay", outlook.wouldGain());
        ArrayNode remedies = json.putArray("remedies");
        for (Remedy remedy : outlook.remedies()) {
            ObjectNode each = remedies.addObject();
            remedy.changes().forEach(each.putArray("changes")::add);
            each.put("peakBytes", remedy.peak());
        }
        return json;
    }

    private static String word(Enum<?> runner) {
        return runner.name().toLowerCase(Locale.ROOT);
    }

    private static void put(ObjectNode training, Outlook outlook) {
        training.put("fits", outlook.plan().fits());
        put(training, outlook.training());
        training.put("microBatchTokens", outlook.plan().setup().microBatchTokens());
        training.put("recompute", outlook.plan().passes().recompute());
        training.put("precision", outlook.declared().memory().held().type() == DType.BF16 ? "bfloat16" : "float32");
        training.put("longest", outlook.sizes().longest());
        training.put("secondsPerStep", outlook.stepSeconds());
        Outlook.Time time = outlook.time();
        if (time != null) {
            training.put("steps", time.steps()).put("seconds", time.seconds());
        }
    }

    private static void put(ObjectNode json, Estimate estimate) {
        json.put("peakBytes", estimate.peak());
        ObjectNode parts = json.putObject("parts");
        estimate.parts().forEach(part -> parts.put(part.name(), part.bytes()));
        json.put("whileLoadingBytes", estimate.whileLoading());
        json.put("onHostBytes", estimate.onHost());
    }
}
