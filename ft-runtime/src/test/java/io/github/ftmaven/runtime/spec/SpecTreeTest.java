package io.github.ftmaven.runtime.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values become records, and records values, without a loss. */
class SpecTreeTest {
    private static final String SPEC = """
            name: all
            base: {model: model, ignoreKeys: [a, b]}
            dataset:
              train: [a.jsonl, b.jsonl]
              validation: v.jsonl
              test: t.jsonl
              columns: {prompt: question, completion: answer}
              templateArguments: {enable_thinking: false, depth: 3, nothing: null, words: [x, 1.5]}
              maxLength: 512
            adapter:
              rank: 8
              targets: [q_proj, v_proj]
              layers: [0, 2]
              patterns:
                - {modules: '.*q_proj', rank: 4}
            training: {epochs: 3, learningRate: 1.0e-3, seed: 5000000000}
            evaluation:
              metrics: [accuracy, macro-f1, rouge-1]
              baselines:
                - zero-shot
                - {fewShot: 3, select: nearest, rag: {passages: p.jsonl, top: 2}}
              tasks: [a.yaml, {path: b.yaml, limit: 7}]
            acceptance:
              - {metric: accuracy, minimum: 0.5, where: {topic: 7}, severity: warn}
              - {metric: macro-f1, over: base, minimumGain: 0}
            artifact: {formats: [peft, gguf], gguf: [lora, q8_0]}
            """;

    @Test
    void recordsHoldWhatWasWritten() {
        FineTuneSpec spec = parse(SPEC);
        assertEquals("all", spec.name());
        assertEquals(List.of("a.jsonl", "b.jsonl"), spec.dataset().train());
        assertEquals(List.of("v.jsonl"), spec.dataset().validation().files());
        assertEquals(List.of("t.jsonl"), spec.dataset().test().files(), "one text for a list");
        assertEquals(512, spec.dataset().length().maxLength());
        assertEquals(
                "{enable_thinking=false, depth=3, nothing=null, words=[\"x\",1.5]}",
                spec.dataset().rendering().arguments().toString());
        assertEquals(List.of(0, 2), spec.adapter().modules().layers());
        assertEquals(
                List.of(new ModulePattern(".*q_proj", 4, null)),
                spec.adapter().modules().patterns());
        assertEquals(3.0, spec.training().epochs(), "a whole number for a decimal");
        assertEquals(5_000_000_000L, spec.training().seed());
        assertEquals(
                List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.ROUGE_1),
                spec.evaluation().metrics());
        assertEquals(
                List.of(Baseline.ZERO_SHOT, new Baseline(null, 3, Select.NEAREST, new Rag(List.of("p.jsonl"), 2))),
                spec.evaluation().baselines());
        assertEquals(
                List.of(new HarnessTask("a.yaml", null, null), new HarnessTask("b.yaml", null, 7)),
                spec.evaluation().tasks());
        assertEquals(Map.of("topic", "7"), spec.acceptance().get(0).slice());
        assertNull(spec.acceptance().get(0).confidence());
        assertEquals(0.0, spec.acceptance().get(1).comparison().minimumGain());
        assertEquals(
                List.of(PackageFormat.PEFT, PackageFormat.GGUF), spec.artifact().formats());
        assertEquals(List.of(Gguf.LORA, Gguf.Q8_0), spec.artifact().gguf());
    }

    @Test
    void theWayBackLosesNothing() {
        FineTuneSpec spec = parse(SPEC);
        assertEquals(spec, SpecBinder.bind(SpecTree.of(spec)));
        FineTuneSpec shortest = parse("base: {model: m}\ndataset: {train: a.jsonl, test: b.jsonl}\n");
        assertEquals(shortest, SpecBinder.bind(SpecTree.of(shortest)));
    }

    @Test
    void everythingIsWrittenAsYamlWritesIt() {
        ObjectNode tree = SpecTree.of(parse(SPEC));
        assertEquals(
                "[\"accuracy\",\"macro-f1\",\"rouge-1\"]",
                tree.at("/evaluation/metrics").toString());
        assertEquals(
                "[\"zero-shot\",{\"fewShot\":3,\"select\":\"nearest\",\"rag\":{\"passages\":[\"p.jsonl\"],\"top\":2}}]",
                tree.at("/evaluation/baselines").toString());
        assertEquals(
                "[\"a.yaml\",{\"path\":\"b.yaml\",\"limit\":7}]",
                tree.at("/evaluation/tasks").toString());
        assertEquals("[\"lora\",\"q8_0\"]", tree.at("/artifact/gguf").toString());
        assertEquals("0.001", tree.at("/training/learningRate").toString());
        assertEquals("null", tree.at("/acceptance/0/maximum").toString());
    }

    @Test
    void aValueThatMustBeThereIsNotMadeUp() {
        ObjectNode tree = SpecTree.of(parse(SPEC));
        ((ObjectNode) tree.path("training")).remove("batchSize");
        assertThrows(IllegalStateException.class, () -> SpecBinder.bind(tree));
    }

    private static FineTuneSpec parse(String text) {
        return SpecReader.parse(text.getBytes(StandardCharsets.UTF_8), "fine-tune.yaml");
    }
}
