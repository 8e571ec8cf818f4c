package io.github.ftmaven.plugin.inputs;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.dataset.DatasetReport;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.SplitReport;
import io.github.ftmaven.runtime.job.StoredFormat;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.memory.EvaluationMemory.Questions;
import io.github.ftmaven.runtime.memory.Setup;
import io.github.ftmaven.runtime.memory.Sizes;
import io.github.ftmaven.runtime.memory.Work;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Method;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a fine-tune before it runs: from its spec, the base's configuration and, if read, its examples. */
public record Prospect(Setup setup, Sizes sizes) {
    /** Rows of the product whose rate is measured. */
    private static final int ROWS = 512;

    /** Wider products are not faster. */
    private static final int WIDEST = 4096;

    /** The answer that is planned for where no example was read. */
    private static final int ANSWER = 256;

    /**
     * Looks at a fine-tune whose base is located, though perhaps without weights.
     *
     * @param device {@code cpu} or {@code cuda}
     */
    public static Prospect of(FineTune fineTune, String device) {
        FineTuneSpec spec = fineTune.spec();
        ModelDirectory base = fineTune.base();
        Sizes sizes = sizes(fineTune, base.architecture());
        boolean hasWeights = ModelDirectory.WEIGHT_FILES.stream()
                .anyMatch(name -> Files.isRegularFile(base.path().resolve(name)));
        Format stored = hasWeights ? StoredFormat.of(spec, base) : null;
        return new Prospect(
                Setup.of(
                        spec,
                        base.architecture(),
                        layout(fineTune, base.architecture()),
                        UsedPrecision.of(spec, device),
                        stored,
                        device.equals("cuda"),
                        sizes.longest()),
                sizes);
    }

    /** The shape of the product whose rate is measured: that of the feed-forward part of a layer. */
    public Map<String, String> product() {
        Architecture architecture = setup.memory().architecture();
        return Map.of(
                "rows", String.valueOf(Math.min(ROWS, setup.batch().tokens())),
                "in", String.valueOf(Math.min(WIDEST, architecture.dimensions().hiddenSize())),
                "out", String.valueOf(Math.min(WIDEST, architecture.dimensions().intermediateSize())));
    }

    private static @Nullable LoraLayout layout(FineTune fineTune, Architecture architecture) {
        FineTuneSpec spec = fineTune.spec();
        if (spec.adapter().method() == Method.FULL) {
            return null;
        }
        Located start = fineTune.located().startFrom();
        if (start != null && Files.isDirectory(start.path())) {
            return PeftAdapter.read(start.path(), "adapter.startFrom: " + start.display(), architecture)
                    .layout();
        }
        return LoraLayout.declared(architecture, spec.adapter());
    }

    private static Sizes sizes(FineTune fineTune, Architecture architecture) {
        FineTuneSpec spec = fineTune.spec();
        int batchSize = spec.evaluation().answers().batchSize();
        Integer limit = spec.evaluation().answers().maxNewTokens();
        if (Files.isRegularFile(fineTune.output().resolve("dataset/dataset.json"))) {
            DatasetReport report = new DatasetStore(fineTune.output()).report();
            SplitReport.Lengths train = report.train().lengths();
            SplitReport.Lengths test = report.test().lengths();
            int answer = limit == null ? test.longestAnswer() : limit;
            return new Sizes(
                    train.longest(),
                    new Questions(Math.max(1, test.longest()), answer, batchSize),
                    new Work(train.tokens(), train.meanTokens(), train.supervisedTokens()),
                    report.train().rows(),
                    String.format(
                            Locale.ROOT,
                            "%,d examples of up to %,d tokens, %.0f on average, as ft:dataset read them",
                            report.train().rows(),
                            train.longest(),
                            train.meanTokens()));
        }
        Integer declared = spec.dataset().length().maxLength();
        int longest = declared == null ? architecture.rope().maxPositions() : declared;
        return new Sizes(
                longest,
                new Questions(longest, limit == null ? Math.min(longest, ANSWER) : limit, batchSize),
                null,
                0,
                String.format(
                        Locale.ROOT,
                        declared == null
                                ? "all examples with %,d tokens, the model's limit, until ft:dataset has read them or"
                                        + " dataset.maxLength is set"
                                : "all examples with %,d tokens, as dataset.maxLength allows, until ft:dataset has read"
                                        + " them",
                        longest));
    }
}
