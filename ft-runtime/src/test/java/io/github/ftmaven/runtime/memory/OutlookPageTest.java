package io.github.ftmaven.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class OutlookPageTest {
    private static final long GIB = 1L << 30;
    private static final EvaluationMemory.Questions QUESTIONS = new EvaluationMemory.Questions(480, 32, 64);

    private static Outlook outlook(long room, boolean hasBfloat16, Sizes sizes, String... keys) {
        Machine machine = new Machine(
                "2 CPU threads", false, room, new Work.Rates(200e9, 10e9), new Work.Rates(500e9, 10e9), hasBfloat16);
        return Outlook.of(
                new TestSpec().set("training.epochs: 2").set(keys).spec(),
                TestLlama.setup(TestLlama.M110, DType.F32, 512),
                sizes,
                machine);
    }

    private static Sizes read() {
        return new Sizes(512, QUESTIONS, new Work(400_000, 200, 300_000), 2_000, "2,000 examples");
    }

    @Test
    void addsUpToWhatItSays() {
        Outlook outlook = outlook(14 * GIB, true, read());
        assertThat(outlook.training().parts().stream().mapToLong(Part::bytes).sum())
                .isEqualTo(outlook.training().peak());
        List<String> page = OutlookPage.of(outlook, "triage");
        assertThat(page.get(0)).isEqualTo("Plan of triage: 12 layers of width 768, 2,801,664 trained values, float32.");
        assertThat(page.get(1)).isEqualTo("Computes on 2 CPU threads. 14.0 GiB of memory is available.");
        assertThat(page)
                .contains(
                        "Training, 8,192 tokens at once (16 sequences of 512)",
                        String.format(Locale.ROOT, "  %-44s%10s", "layers", "324 MiB"),
                        "  No layer is recomputed (training.gradientCheckpointing: auto).",
                        "Evaluation, prompts of up to 480 and answers of up to 32 tokens",
                        "Time, from products measured just now: 200 GFLOP/s in float32, 500 GFLOP/s in bfloat16")
                .anyMatch(line -> line.matches("  in all +[0-9.]+ GiB  of 14.0 GiB: fits"))
                .anyMatch(line -> line.matches("  the training of 250 steps +[0-9]+ min"))
                .anyMatch(line -> line.startsWith("  bfloat16 would pay: products are 2.5 times as fast"));
        assertThat(page.stream().filter(line -> line.matches("  .*[0-9] [KMG]iB")))
                .allSatisfy(line -> assertThat(line).as("a column").hasSize(56));
    }

    @Test
    void saysWhatOtherMachinesCompute() {
        assertThat(elsewhere("training.runner: spark", "runner.spark.workers: 2"))
                .isEqualTo("Spark's workers train (training.runner). The plan is for one on a machine like this.");
        assertThat(elsewhere("evaluation.runner: spark", "runner.spark.workers: 2"))
                .isEqualTo("Spark's workers answer (evaluation.runner). The plan is for one on a machine like this.");
        assertThat(elsewhere("training.runner: spark", "evaluation.runner: spark", "runner.spark.workers: 2"))
                .isEqualTo(
                        "Spark's workers train and answer (training.runner, evaluation.runner). The plan is for one on a"
                                + " machine like this.");
        assertThat(elsewhere("training.runner: command", "runner.command: sbatch --wait job.sh {request}"))
                .isEqualTo("Another machine trains (training.runner: command). The plan is for one like this machine.");
        assertThat(elsewhere()).isEqualTo("Lengths: 2,000 examples.");
        ObjectNode json = OutlookJson.of(
                outlook(14 * GIB, true, read(), "training.runner: spark", "runner.spark.workers: 2"), "triage");
        assertThat(json.path("training").path("runner").asText()).isEqualTo("spark");
        assertThat(json.path("training").path("fits").asBoolean()).isTrue();
        assertThat(json.path("evaluation").path("runner").asText()).isEqualTo("local");
    }

    private static String elsewhere(String... keys) {
        return OutlookPage.of(outlook(14 * GIB, true, read(), keys), "triage").get(2);
    }

    /** One machine computes what they do together. */
    @Test
    void replicasTakeFewerStepsInTheSameTime() {
        Outlook.Time plain =
                Objects.requireNonNull(outlook(14 * GIB, true, read()).time());
        Outlook.Time apart = outlook(14 * GIB, true, read(), "training.localSteps: 10", "training.replicas: 3")
                .time();
        assertThat(apart).isEqualTo(new Outlook.Time(84, plain.seconds()));
    }

    @Test
    void saysWhatWouldFit() {
        List<String> page = OutlookPage.of(outlook(GIB / 2, false, read()), "triage");
        assertThat(page)
                .anyMatch(line -> line.endsWith("of 512 MiB: DOES NOT FIT"))
                .noneMatch(line -> line.contains("bfloat16 would pay"));
        assertThat(page.get(page.size() - 1)).matches("(  .*: .* [0-9.]+ MiB|The training does not fit, .*)");
    }

    @Test
    void doesNotGuessTheTimeOfExamplesItHasNotSeen() {
        Outlook outlook = outlook(14 * GIB, true, new Sizes(512, QUESTIONS, null, 0, "all examples with 512 tokens"));
        assertThat(OutlookPage.of(outlook, "triage"))
                .contains("  The whole training is not known before ft:dataset has read the examples.");
        ObjectNode json = OutlookJson.of(outlook, "triage");
        assertThat(json.path("training").has("seconds")).isFalse();
        assertThat(json.path("training").path("peakBytes").longValue())
                .isEqualTo(outlook.training().peak());
        assertThat(json.path("training").path("parts").path("layers").longValue())
                .isGreaterThan(300L << 20);
        assertThat(json.path("bfloat16WouldPay").booleanValue()).isTrue();
    }

    @Test
    void countsOperationsLikeEveryone() {
        TrainingMemory memory = TestLlama.setup(TestLlama.M110, DType.F32, 512).memory();
        double body = 12.0 * (4 * 768 * 768 + 3 * 768 * 2048);
        double adapter = 2_801_664;
        double expected = 1024 * (4 * body + 6 * adapter + 6.0 * 512 * 768 * 12) + 1024 * 4.0 * 32_000 * 768;
        assertThat(new Work(1024, 512, 1024).operations(memory, new Passes(false, false)))
                .isCloseTo(expected, Percentage.withPercentage(1e-9));
        assertThat(new Work(1024, 512, 1024).operations(memory, new Passes(true, false)))
                .isGreaterThan(expected * 1.3);
    }

    @Test
    void showsTimesInTwoUnits() {
        assertThat(List.of(
                        OutlookPage.duration(0.123),
                        OutlookPage.duration(4.56),
                        OutlookPage.duration(59),
                        OutlookPage.duration(600),
                        OutlookPage.duration(15_600),
                        OutlookPage.duration(400_000)))
                .containsExactly("0.12 s", "4.6 s", "59 s", "10 min", "4 h 20 min", "4 d 15 h");
    }
}
