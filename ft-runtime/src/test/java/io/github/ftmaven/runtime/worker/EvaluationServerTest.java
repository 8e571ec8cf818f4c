package io.github.ftmaven.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.evaluation.EvaluatedModels;
import io.github.ftmaven.runtime.evaluation.LoadedModels;
import io.github.ftmaven.runtime.generation.Answers;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.generation.HarnessModel;
import io.github.ftmaven.runtime.generation.Likelihoods;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.journal.SilentEvents;
import io.github.ftmaven.runtime.lmeval.LanguageModel;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An evaluation whose models are in other processes gets the numbers of one with its own. */
class EvaluationServerTest {
    private static final Path MODEL = Path.of("src/test/resources/models/tiny-llama");
    private static final Path ADAPTER = Path.of("src/test/resources/models/tiny-llama-adapter");
    private static final ClusterBase.Place PLACE = new ClusterBase.Place("cpu", 1);

    @TempDir
    Path directory;

    private final List<ClusterServer> servers = new ArrayList<>();
    private int workers;
    private int computed;

    @AfterEach
    void close() {
        servers.forEach(ClusterServer::close);
    }

    @ParameterizedTest
    @CsvSource({"none, F32", "nf4, F32", "none, BF16"})
    void theNumbersAreThoseOfALocalEvaluation(String quantization, DType type) throws IOException {
        Job job = job("base.quantization: " + quantization);
        List<String> local = ask(LoadedModels.host(Torch.load("cpu", 1)), job, type);
        assertThat(local).doesNotHaveDuplicates();
        for (workers = 1; workers <= 3; workers++) {
            computed = 0;
            List<String> remote = ask(ClusterModels.host(this::open, PLACE), job, type);
            assertThat(remote).as(workers + " workers").isEqualTo(local);
            assertThat(computed).as("batches of two models").isEqualTo(2 * 10);
        }
    }

    /** Everything that an evaluation asks a base and what was made from it. */
    private static List<String> ask(EvaluatedModels.Host host, Job job, DType type) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(MODEL);
                EvaluatedModels models = host.open(job, type, new SilentEvents())) {
            List<String> numbers = new ArrayList<>(ask(models.base(), tokenizer));
            numbers.addAll(ask(models.tuned(ADAPTER), tokenizer));
            return numbers;
        }
    }

    private static List<String> ask(BatchModel model, Tokenizer tokenizer) {
        Random random = new Random(5);
        List<int[]> prompts = Stream.generate(() -> ids(random)).limit(11).toList();
        List<TokenSequence> sequences = Stream.generate(() -> ids(random))
                .limit(9)
                .map(ids -> new TokenSequence(ids, bits(ids.length)))
                .toList();
        HarnessModel harness = new HarnessModel(model, tokenizer, 64, Set.of(1), 3, (done, total) -> {});
        return List.of(
                "answers "
                        + Answers.greedy(model, prompts, 6, 1, 2, (answered, tokens) -> {}).stream()
                                .map(answer -> Arrays.toString(answer.tokens()))
                                .toList(),
                "losses " + Arrays.toString(Likelihoods.losses(model, sequences)),
                "likelihoods "
                        + harness.loglikelihood(List.of(
                                new LanguageModel.Continuation("red 3", " warm"),
                                new LanguageModel.Continuation("blue 3", " cold"))),
                "rolling " + harness.loglikelihoodRolling(List.of("warm warm cold", "blue")),
                "continued " + harness.generateUntil(List.of("red 3", "blue", "a"), List.of("\n"), 5));
    }

    private static int[] ids(Random random) {
        return random.ints(4 + random.nextInt(20), 3, 90).toArray();
    }

    private static BitSet bits(int length) {
        BitSet supervised = new BitSet();
        supervised.set(length / 2, length);
        return supervised;
    }

    private EvaluationCluster.Workers open(ClusterJob job, Events events) {
        close();
        servers.clear();
        IntStream.range(0, workers).forEach(i -> servers.add(opened(job)));
        return this::compute;
    }

    private static ClusterServer opened(ClusterJob job) {
        try {
            return ClusterJob.read(job.bytes()).open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the opposite order, each after a try that is thrown away, and some after a batch of another model. */
    private List<byte[]> compute(String model, List<byte[]> adapter, List<byte[]> batches, IntConsumer finished) {
        byte[][] results = new byte[batches.size()][];
        for (int i = results.length - 1; i >= 0; i--) {
            ClusterServer server = servers.get(i % servers.size());
            server.compute(model, adapter, batches.get(i));
            if (i % 4 == 3) {
                server.compute(SentAdapter.NONE, List.of(), batches.get(0));
            }
            results[i] = server.compute(model, adapter, batches.get(i)).get(0);
            computed++;
        }
        return Arrays.asList(results);
    }

    @Test
    void anAdapterMustArriveWhole() throws IOException {
        SentAdapter sent = SentAdapter.read(ADAPTER);
        Path arrived = Files.createDirectory(directory.resolve("arrived"));
        sent.write(arrived);
        assertThat(SentAdapter.read(arrived).name()).isEqualTo(sent.name());

        byte[] last = sent.parts().get(sent.parts().size() - 1);
        last[last.length - 1] ^= 1;
        assertThatThrownBy(() -> sent.write(arrived))
                .isInstanceOf(IOException.class)
                .hasMessage("the adapter " + sent.name() + " did not arrive whole");
    }

    @Test
    void aWholeModelIsNotSent() {
        EvaluatedModels.Host host = ClusterModels.host(this::open, PLACE);
        assertThatThrownBy(() -> host.open(job("adapter.method: full"), DType.F32, new SilentEvents()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("evaluation.runner: spark sends the adapter to every worker, and a model of adapter.method:"
                        + " full is too large for that. Write evaluation.runner: local.");
    }

    private Job job(String... lines) {
        return new Job(
                TestSpec.with(lines),
                directory,
                ModelDirectory.open(MODEL, "tiny-llama"),
                new Inputs(MODEL.toString(), "tiny-llama", "tiny-llama", null, null),
                directory);
    }
}
