package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.inputs.Prospect;
import io.github.ftmaven.plugin.worker.StandaloneWorker;
import io.github.ftmaven.plugin.worker.Terminal;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.memory.Machine;
import io.github.ftmaven.runtime.memory.Outlook;
import io.github.ftmaven.runtime.memory.OutlookJson;
import io.github.ftmaven.runtime.memory.OutlookPage;
import io.github.ftmaven.runtime.memory.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Says what training and evaluation will take, before anything runs: memory by part, the time at the rate that it
 * measures on this machine, and where it does not fit, which keys of the spec to change. Loads no weights. Writes
 * {@code target/ft/plan.json}.
 *
 * @since 0.1.0
 */
@Mojo(name = "plan", threadSafe = true)
public final class PlanMojo extends ComputeMojo {
    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.plan.skip", defaultValue = "false")
    boolean skipPlan;

    /**
     * The {@code java} executable of the worker, at least Java 17.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.jvm")
    @Nullable
    String jvm;

    private final InputFiles inputFiles;
    private final StandaloneWorker worker;

    @Inject
    PlanMojo(InputFiles inputFiles, StandaloneWorker worker) {
        super("plan");
        this.inputFiles = inputFiles;
        this.worker = worker;
    }

    @Override
    boolean skipsGoal() {
        return skipPlan;
    }

    @Override
    void run(FineTune declared) throws IOException, WorkerException, DependencyResolutionException {
        FineTune fineTune = inputFiles.fetch(inputGoal(), declared, false);
        if (fineTune.spec().keeper().isPresent()) {
            tell(List.of(
                    "Nothing of this fine-tune is computed here: the service trains it, keeps its weights, and answers"
                            + " the questions of the evaluation (runner.openai.weights)."));
            return;
        }
        Prospect prospect = Prospect.of(fineTune, environment().device());
        Machine machine = machine(prospect);
        Outlook outlook = Outlook.of(fineTune.spec(), prospect.setup(), prospect.sizes(), machine);
        Files.createDirectories(fineTune.output());
        JsonFile.write(fineTune.output().resolve("plan.json"), OutlookJson.of(outlook, name(fineTune)));
        tell(OutlookPage.of(outlook, name(fineTune)));
    }

    private Machine machine(Prospect prospect) throws IOException, WorkerException, DependencyResolutionException {
        Map<String, Object> found = worker.run(
                inputGoal(),
                "plan",
                environment(),
                new StandaloneWorker.Compute(device, cuda, threads(), jvm),
                prospect.product());
        double bytes = number(found, "bytes");
        String gpu = environment().gpu();
        boolean isOnGpu = environment().device().equals("cuda");
        return new Machine(
                isOnGpu
                        ? (gpu.isEmpty() ? "a GPU" : gpu)
                        : threads() + (threads() == 1 ? " CPU thread" : " CPU threads"),
                isOnGpu,
                (long) number(found, "room"),
                new Work.Rates(number(found, "float32"), bytes),
                new Work.Rates(number(found, "bfloat16"), bytes),
                Boolean.TRUE.equals(found.get("hasBfloat16")));
    }

    private static double number(Map<String, Object> found, String name) {
        if (found.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalStateException("the worker did not measure " + name);
    }

    private void tell(List<String> lines) {
        if (getLog().isInfoEnabled()) {
            lines.forEach(getLog()::info);
        } else {
            Terminal.print(String.join("\n", lines), session);
        }
    }
}
