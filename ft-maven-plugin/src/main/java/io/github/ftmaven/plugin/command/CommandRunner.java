package io.github.ftmaven.plugin.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.worker.Console;
import io.github.ftmaven.plugin.worker.ForkedWorker;
import io.github.ftmaven.plugin.worker.Launch;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.delivery.DeliveredWeights;
import io.github.ftmaven.runtime.delivery.Delivery;
import io.github.ftmaven.runtime.delivery.Ran;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.report.TrainingSummary;
import io.github.ftmaven.runtime.worker.WorkRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.maven.plugin.logging.Log;

/** Lets a command train, and puts what it leaves in the place of a training of this machine. */
public final class CommandRunner {
    private final FineTune fineTune;
    private final Launch launch;
    private final DigestCache digests;
    private final Log log;
    private final Console console;

    /**
     * Prepares to train.
     *
     * @param launch the jars and settings of a worker
     */
    public CommandRunner(FineTune fineTune, Launch launch, DigestCache digests, Log log, Console console) {
        this.fineTune = fineTune;
        this.launch = launch;
        this.digests = digests;
        this.log = log;
        this.console = console;
    }

    /**
     * Trains, unless the result is there already or a command of an earlier build still runs.
     *
     * @param request as for a worker of this machine
     * @throws InvalidInputException if the result is not what was asked for
     * @throws WorkerException if the command fails
     */
    public void run(WorkRequest request) throws IOException, WorkerException {
        String key = Objects.requireNonNull(request.declared()).key();
        RequestDirectory directory = new RequestDirectory(fineTune, launch, digests, key);
        String shown = FineTune.shown(fineTune.project(), directory.result());
        Delivery delivery = new Delivery(directory.result(), shown);
        CommandProcess process = new CommandProcess(launch, directory.path(), console);
        Optional<ProcessHandle> running = new RunningCommand(directory.path()).find();
        if (running.isPresent() && !delivery.isThere()) {
            log.info("Training " + directory.shortKey() + ": waiting for the command of an earlier build, process "
                    + running.get().pid() + ".");
            process.join(running.get());
        }
        if (delivery.isThere()) {
            log.info("Training " + directory.shortKey() + ": taking the result in " + shown + ".");
        } else {
            List<String> words = words(directory);
            directory.write(request);
            log.info("Training " + directory.shortKey() + " by runner.command, with the request in "
                    + FineTune.shown(fineTune.project(), directory.path()) + ".");
            process.run(words);
            if (!delivery.isThere()) {
                throw new InvalidInputException("runner.command ended, but left no " + shown
                        + "/manifest.json. It must wait for the training and bring result/ back. Its output is in "
                        + process.shownLog() + ".");
            }
        }
        take(request, directory, delivery, key, shown);
    }

    private List<String> words(RequestDirectory directory) {
        List<String> words = Launch.arguments(
                "runner.command",
                Objects.requireNonNull(fineTune.spec().outside().runner()).command());
        return words.stream()
                .map(word ->
                        word.replace("{request}", directory.path().toString()).replace("{key}", directory.shortKey()))
                .toList();
    }

    /** Verifies a copy that nobody else writes, then makes it the training's result. */
    private void take(WorkRequest request, RequestDirectory directory, Delivery delivery, String key, String shown)
            throws IOException {
        Path train = Files.createDirectories(fineTune.output().resolve("train"));
        Path copy = train.resolve("delivered");
        try {
            Ran ran = verified(request, delivery, key, shown, copy);
            Directories.delete(train.resolve(Delivery.ADAPTER));
            Files.move(copy.resolve(Delivery.ADAPTER), train.resolve(Delivery.ADAPTER), StandardCopyOption.ATOMIC_MOVE);
            for (String name : List.of("training.json", "log.jsonl")) {
                if (Files.exists(copy.resolve(name))) {
                    Files.move(copy.resolve(name), train.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.deleteIfExists(train.resolve("checkpoint.safetensors")); // of a training here
            log.info("Trained on " + (ran.host().isEmpty() ? "another machine" : ran.host()) + " (" + ran.platform()
                    + ", " + (ran.gpu().isEmpty() ? ran.device() : ran.gpu()) + ").");
        } catch (InvalidInputException e) {
            Directories.delete(directory.result());
            throw new InvalidInputException(
                    e.getMessage() + " What runner.command left was removed; build again to run it again.", e);
        } finally {
            Directories.delete(copy);
        }
        Path events = directory.path().resolve(RequestDirectory.EVENTS);
        if (Files.exists(events)) {
            Files.createDirectories(launch.logs());
            Files.copy(
                    events, ForkedWorker.journal(launch.logs(), request.goal()), StandardCopyOption.REPLACE_EXISTING);
        }
        Directories.delete(directory.path());
    }

    private Ran verified(WorkRequest request, Delivery delivery, String key, String shown, Path copy)
            throws IOException {
        Ran ran = delivery.copy(key, copy);
        DeliveredWeights.verify(
                copy.resolve(Delivery.ADAPTER),
                shown + "/" + Delivery.ADAPTER,
                job(request),
                UsedPrecision.of(fineTune.spec(), request.setting().device()));
        Path training = copy.resolve("training.json");
        TrainingSummary.read(training, false);
        ObjectNode fields = JsonFile.read(training, "");
        ObjectNode where = fields.putObject("ran").put("runner", "command");
        ran.put(where);
        JsonFile.write(training, fields);
        return ran;
    }

    private Job job(WorkRequest request) {
        Inputs declared = Objects.requireNonNull(request.declared()).inputs();
        Located start = fineTune.located().startFrom();
        return new Job(
                fineTune.spec(),
                fineTune.specDirectory(),
                fineTune.base(),
                new Inputs(
                        declared.base(),
                        declared.display(),
                        declared.name(),
                        declared.revision(),
                        start == null ? null : start.path().toString(),
                        declared.data()),
                fineTune.output());
    }
}
