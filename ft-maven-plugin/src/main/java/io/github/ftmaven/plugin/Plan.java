package io.github.ftmaven.plugin;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.evaluation.AnswerSchema;
import io.github.ftmaven.runtime.export.GgufAdapter;
import io.github.ftmaven.runtime.export.GgufModel;
import io.github.ftmaven.runtime.export.MergedWeights;
import io.github.ftmaven.runtime.hosted.HostedSettings;
import io.github.ftmaven.runtime.lmeval.TaskSet;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TensorInfo;
import io.github.ftmaven.runtime.report.Serving;
import io.github.ftmaven.runtime.spec.AdapterSpec;
import io.github.ftmaven.runtime.spec.Baseline;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.Docker;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Gguf;
import io.github.ftmaven.runtime.spec.HeldOut;
import io.github.ftmaven.runtime.spec.Initialization;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.PackageFormat;
import io.github.ftmaven.runtime.spec.SplitSpec;
import io.github.ftmaven.runtime.spec.Targets;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Describes what a fine-tune will do, and checks everything that can be checked without the engine. */
public final class Plan {
    private Plan() {}

    /**
     * Checks the data files and the base model, and describes the fine-tune. Inputs that are not located are not
     * checked.
     *
     * @param name the fine-tune's name if the spec has none
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if a file is missing or the model is not readable
     */
    public static List<String> of(FineTune fineTune, String name) {
        FineTuneSpec spec = fineTune.spec();
        fineTune.dataFiles();
        fineTune.suite(System.getenv());
        TaskSet tasks = fineTune.tasks();
        checkDocker(spec);
        String retention = spec.evaluation().retention();
        if (retention != null && !Files.isRegularFile(fineTune.specDirectory().resolve(retention))) {
            throw new InvalidInputException(
                    "evaluation.retention: " + retention + ": no such file. It must contain general text.");
        }
        String schema = spec.evaluation().schema();
        if (schema != null) {
            AnswerSchema.read(fineTune.specDirectory().resolve(schema), schema);
        }
        for (Baseline baseline : spec.evaluation().baselines()) {
            if (baseline.rag() != null) {
                fineTune.files("evaluation.baselines", baseline.rag().passages());
            }
            if (baseline.prompt() != null
                    && !Files.isRegularFile(fineTune.specDirectory().resolve(baseline.prompt()))) {
                throw new InvalidInputException("evaluation.baselines: " + baseline.prompt()
                        + ": no such file. It must contain an engineered prompt.");
            }
        }
        List<String> lines = new ArrayList<>();
        String method = spec.keeper().isPresent() ? "by the method of a service" : method(spec.adapter());
        lines.add("Fine-tuning " + (spec.name() == null ? name : spec.name()) + ": " + method + ".");
        lines.add("Base model: "
                + (fineTune.inputs() == null
                        ? spec.base().model() + ", which is not downloaded yet."
                        : checkedModel(fineTune)));
        lines.add(dataset(spec.dataset()));
        List<String> remote = fineTune.remoteData();
        if (!remote.isEmpty()
                && (fineTune.inputs() == null || fineTune.inputs().data().isEmpty())) {
            lines.add("Data that may have to be downloaded: " + String.join(", ", remote) + ".");
        }
        TrainingSpec training = spec.training();
        lines.add(String.format(
                Locale.ROOT,
                "Training: %s %s, batch size %,d%s, seed %d; then %s.",
                number(training.epochs()),
                training.epochs() == 1 ? "epoch" : "epochs",
                training.batchSize(),
                spec.keeper().isPresent()
                        ? ""
                        : ", learning rate " + number(training.optimization().learningRate()),
                training.seed(),
                rules(spec.acceptance().size())));
        if (training.run().runner().isHosted()) {
            lines.add(hosted(spec));
        }
        lines.addAll(tasks.notes());
        return lines;
    }

    private static String hosted(FineTuneSpec spec) {
        HostedSettings settings = HostedSettings.of(spec, "");
        Double most = settings.maxPrice();
        return settings.place() + " trains, and is paid for; ft:train says the price before it creates a job"
                + (most == null ? "." : String.format(Locale.ROOT, ", and stops above %.2f.", most))
                + (spec.keeper().isPresent()
                        ? " It keeps the weights, and answers the questions of the evaluation, which is paid for too."
                        : "");
    }

    private static String checkedModel(FineTune fineTune) {
        FineTuneSpec spec = fineTune.spec();
        ModelDirectory base = fineTune.base();
        fineTune.startFrom();
        if (spec.adapter().method() == Method.FULL) {
            base.checkAllTrainable();
        } else if (spec.adapter().startFrom() == null && spec.keeper().isEmpty()) {
            LoraLayout.declared(base.architecture(), spec.adapter());
        }
        checkFormats(base, spec);
        if (spec.keeper().isPresent()) {
            return spec.keeper().get().account().model()
                    + ", whose weights stay at the service. Tokens are counted with " + base.display() + ".";
        }
        return base.display() + ", " + model(base, spec.base().initialize()) + ".";
    }

    private static String method(AdapterSpec adapter) {
        if (adapter.method() == Method.FULL) {
            return "all weights";
        }
        String method = adapter.method() == Method.DORA ? "DoRA" : "LoRA";
        if (adapter.startFrom() != null) {
            return method + ", starting from " + adapter.startFrom();
        }
        return String.format(
                Locale.ROOT,
                "%s of rank %,d, alpha %s, on %s",
                method,
                adapter.lora().rank(),
                number(adapter.lora().alpha()),
                targets(adapter.modules().targets()));
    }

    private static String targets(Targets targets) {
        if (targets.allLinear()) {
            return "all linear layers";
        }
        return targets.regex() == null ? String.join(", ", targets.modules()) : "what " + targets.regex() + " matches";
    }

    private static void checkFormats(ModelDirectory base, FineTuneSpec spec) {
        if (spec.artifact().formats().contains(PackageFormat.MERGED)) {
            MergedWeights.check(base);
        }
        for (Gguf gguf : spec.artifact().gguf(spec.adapter().method())) {
            if (gguf == Gguf.LORA) {
                GgufAdapter.check(base.architecture());
            } else {
                GgufModel.check(base);
            }
        }
    }

    /** If training starts from an adapter, that adapter is checked when training begins. */
    private static void checkDocker(FineTuneSpec spec) {
        AdapterSpec adapter = spec.adapter();
        boolean ofTheAdapter = spec.artifact().docker() == Docker.VLLM
                && adapter.method() != Method.FULL
                && !spec.artifact().formats().contains(PackageFormat.MERGED);
        if (ofTheAdapter && adapter.startFrom() == null) {
            Serving.checkDockerfile(LoraSelection.of(adapter), adapter.method() == Method.DORA);
        }
    }

    private static String model(ModelDirectory base, Initialization initialize) {
        Architecture architecture = base.architecture();
        String shape = String.format(
                Locale.ROOT,
                "%s of width %,d",
                Counted.of(architecture.dimensions().layers(), "layer"),
                architecture.dimensions().hiddenSize());
        if (initialize == Initialization.RANDOM) {
            return shape + ", random weights";
        }
        long parameters = base.weights().tensors().values().stream()
                .mapToLong(TensorInfo::elements)
                .sum();
        return shape + ", " + count(parameters) + " parameters";
    }

    private static String dataset(DatasetSpec dataset) {
        return "Dataset: train on " + String.join(", ", dataset.train()) + "; validate on "
                + heldOut(dataset.validation()) + "; test on " + heldOut(dataset.test())
                + way(dataset.leaks().split()) + ".";
    }

    private static String heldOut(HeldOut rows) {
        if (rows.from() != null) {
            return "its rows from " + rows.from() + " on";
        }
        if (!rows.files().isEmpty()) {
            return String.join(", ", rows.files());
        }
        return rows.fraction() == 0 ? "nothing" : percent(rows.fraction()) + " % of it";
    }

    /** How rows are drawn. */
    private static String way(@Nullable SplitSpec split) {
        List<String> ways = new ArrayList<>();
        if (split != null && split.groupBy() != null) {
            ways.add("grouped by " + split.groupBy());
        }
        if (split != null && split.stratifyBy() != null) {
            ways.add("stratified by " + split.stratifyBy());
        }
        if (split != null && split.timeBy() != null) {
            ways.add("the newest by " + split.timeBy());
        }
        return ways.isEmpty() ? "" : " (" + String.join(", ", ways) + ")";
    }

    /** Without the error of 100 * 0.07. */
    private static String percent(double fraction) {
        return BigDecimal.valueOf(fraction)
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String rules(int rules) {
        return rules == 0 ? "accept any quality" : Counted.of(rules, "acceptance rule");
    }

    /** Three significant digits: {@code 260 k}, {@code 13.6 M}. */
    private static String count(long count) {
        String[] units = {"", " k", " M", " G"};
        double value = count;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value) + units[unit];
    }

    /** Omits the fraction of whole numbers: {@code 3}, {@code 0.5}, {@code 2.0E-4}. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
