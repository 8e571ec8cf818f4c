package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.export.ServedFiles;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.journal.StoppedException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.spec.AdapterSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.GradientCheckpointing;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import io.github.ftmaven.runtime.training.ActivationMemory;
import io.github.ftmaven.runtime.training.PeakMemory;
import io.github.ftmaven.runtime.training.Trainer;
import io.github.ftmaven.runtime.training.TrainingExample;
import io.github.ftmaven.runtime.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code ft:train}: trains on {@code dataset/} and writes {@code train/adapter/} and {@code train/training.json}. */
final class TrainTask implements Task {
    private static final JsonMapper JSON = Json.lenient();

    @Override
    public Map<String, Object> run(WorkRequest request, Events events) throws IOException {
        Job job = request.job();
        Path directory = job.output().resolve("train");
        Files.createDirectories(directory);
        List<TrainingExample> train;
        List<TrainingExample> validation;
        ServedFiles served;
        try (Tokenizer tokenizer = Tokenizer.load(job.base().path(), job.embeddingRows())) {
            ChatFormat format = job.format(tokenizer);
            served = job.served(tokenizer, format, events);
            DatasetStore store = new DatasetStore(job.output());
            train = encode(store, Split.TRAIN, format);
            validation = encode(store, Split.VALIDATION, format);
        }
        Torch torch = Torch.load(request.setting().device(), request.setting().threads());
        try (Arena arena = torch.arena()) {
            TrainingResult result = train(job, request, events, arena, train, validation, served);
            ObjectNode fields = report(result);
            JsonFile.write(directory.resolve("training.json"), fields);
            return JSON.convertValue(fields, new TypeReference<>() {});
        }
    }

    private static List<TrainingExample> encode(DatasetStore store, Split split, ChatFormat format) {
        return store.read(split).stream()
                .flatMap(example -> format.encode(example.conversation()).stream()
                        .map(encoded -> new TrainingExample(example.source(), encoded.tokens())))
                .toList();
    }

    private static TrainingResult train(
            Job job,
            WorkRequest request,
            Events events,
            Arena arena,
            List<TrainingExample> train,
            List<TrainingExample> validation,
            ServedFiles served)
            throws IOException {
        FineTuneSpec spec = job.spec();
        Architecture architecture = job.base().architecture();
        BaseTensors base = job.weights(arena);
        LoraTensors lora = spec.adapter().method() == Method.FULL ? null : lora(job, arena, base);
        if (lora != null) {
            warnOfLookAlikes(
                    arena, architecture, base.tensors(), served.endTokens().get(0), events);
        }
        long longest = train.stream().mapToLong(e -> e.tokens().length()).max().orElseThrow();
        long tokens = Math.max(
                longest,
                Math.min(
                        spec.training().microBatchTokens(),
                        longest * spec.training().batchSize()));
        Decoder decoder =
                Decoder.of(arena, architecture, base, lora, recompute(spec, base, tokens, longest, architecture));
        Path directory = job.output().resolve("train");
        try (TrainingLog log = new TrainingLog(directory.resolve("log.jsonl"), events)) {
            Trainer trainer = new Trainer(
                    arena,
                    decoder,
                    spec.training(),
                    train,
                    validation,
                    architecture.dimensions().vocabSize(),
                    directory.resolve("checkpoint.safetensors"),
                    request.required().key(),
                    log);
            TrainingResult result = trainer.run().orElseThrow(() -> new StoppedException(trainer.saved()));
            new TrainedFiles(job, served).write(arena, base, lora);
            trainer.deleteCheckpoint();
            return result;
        }
    }

    /** Without recomputation the backward pass would keep the dequantized weights of all layers at once. */
    private static boolean recompute(
            FineTuneSpec spec, BaseTensors base, long tokens, long longest, Architecture architecture) {
        GradientCheckpointing wanted = spec.training().gradientCheckpointing();
        return (base.isQuantized() && wanted == GradientCheckpointing.AUTO)
                || ActivationMemory.recompute(wanted, architecture, tokens, longest);
    }

    private static LoraTensors lora(Job job, Arena arena, BaseTensors base) throws IOException {
        AdapterSpec adapter = job.spec().adapter();
        if (adapter.startFrom() != null) {
            return StartAdapter.load(job, arena);
        }
        Decoder plain = Decoder.of(arena, job.base().architecture(), base, null, false);
        return LoraTensors.initialize(
                arena,
                LoraLayout.declared(job.base().architecture(), adapter),
                adapter.lora().dropout(),
                job.spec().training().seed(),
                plain::rowLengths);
    }

    /** The head is frozen, so it cannot learn to distinguish the end token from tokens with almost the same row. */
    private static void warnOfLookAlikes(
            Arena arena, Architecture architecture, List<Tensor> weights, int endToken, Events events) {
        Tensor head = weights.get(architecture.tied() ? 0 : weights.size() - 1);
        int count = BaseTensors.lookAlikes(arena, head, endToken);
        if (count > 0) {
            events.warn("The end token (id " + endToken + ") looks almost like " + Counted.of(count, "other token")
                    + " to this"
                    + " base model, which has rarely seen it, so answers may not end. Name a token that the model"
                    + " knows in"
                    + " dataset.endToken, such as its start token.");
        }
    }

    private static ObjectNode report(TrainingResult result) {
        ObjectNode json = JSON.valueToTree(result);
        PeakMemory.bytes().ifPresent(bytes -> json.put("peakMemoryBytes", bytes));
        return json;
    }
}
