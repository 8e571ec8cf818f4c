package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.spec.Learn;
import io.github.ftmaven.runtime.spec.OpenAiSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A training at a service. The key of the training's stamp is the name of the job: a job that runs or has run under it is
 * joined, whoever created it, so that nothing is paid for twice.
 */
public final class HostedTraining {
    private final Job job;
    private final HostedSettings settings;
    private final JobKey key;
    private final Events events;
    private final FineTuningService service;
    private final Pace pace;
    private final boolean lastOnly;

    /**
     * Prepares a training.
     *
     * @param key the key of the training's stamp
     * @throws InvalidInputException if the settings are wrong
     */
    public HostedTraining(Job job, HostedSettings settings, String key, Events events) {
        this(job, settings, key, events, Pace.USUAL);
    }

    HostedTraining(Job job, HostedSettings settings, String key, Events events, Pace pace) {
        this.job = job;
        this.settings = settings;
        this.key = new JobKey(key);
        this.events = events;
        this.pace = pace;
        this.lastOnly = job.spec().dataset().rendering().learn() == Learn.LAST_ANSWER;
        if (!settings.key().isPresent()) {
            throw new InvalidInputException(settings.name("apiKeyEnvironment") + ": "
                    + settings.service().title()
                    + " needs an API key. Name its environment variable, or a server of Maven's settings in "
                    + settings.name("server") + ".");
        }
        ServiceCalls calls = new ServiceCalls(settings, pace);
        this.service = settings.service() == HostedSettings.Service.TOGETHER
                ? new TogetherService(calls)
                : new OpenAiService(calls);
    }

    /**
     * What came of a training.
     *
     * @param service the service's name and host
     * @param id the job's id there
     * @param model the service's name of the base
     * @param steps the optimizer steps as the service counts them; 0 if it does not say
     * @param tokens the tokens trained; 0 if it does not say
     * @param kept the fine-tune's name there, if the service keeps the weights; otherwise null
     */
    public record Result(
            String service,
            String id,
            String model,
            long steps,
            long tokens,
            @Nullable String kept) {}

    /**
     * Trains, or joins the job that already does, and waits for the end.
     *
     * @param scratch a directory for the rows, what is downloaded, and the id of the job
     * @param adapter the directory to write the adapter to, or the pointer to weights that the service keeps
     * @throws HostedException if the service fails or the job does
     * @throws InvalidInputException if the spec, the rows or the account do not allow it, or what came back is wrong
     */
    public Result train(Path scratch, Path adapter) throws IOException {
        Files.createDirectories(scratch);
        KnownJob known = new KnownJob(scratch.resolve("job.json"));
        Optional<HostedJob> earlier = earlier(known);
        HostedJob started;
        if (earlier.isPresent()) {
            started = earlier.get();
            events.info("Joining the job " + started.id() + " at " + service.name()
                    + ", which has this training's key (" + started.status() + "). Nothing is paid again.");
        } else {
            started = create(scratch);
        }
        known.remember(key, service.name(), started.id());
        HostedJob done = new JobWatch(service, events, pace, settings.cancelOnStop()).follow(started);
        Optional<OpenAiSpec> keeper = job.spec().keeper();
        String kept = null;
        if (keeper.isPresent()) {
            ModelPointer pointer = pointer(done, keeper.get());
            pointer.write(adapter);
            kept = pointer.model();
        } else {
            bring(done, new DeliveredAdapter(job), scratch.resolve("download"), adapter);
        }
        return new Result(
                service.name(),
                done.id(),
                model(),
                Math.max(done.step(), done.steps()),
                done.tokens() == null ? 0 : done.tokens(),
                kept);
    }

    private ModelPointer pointer(HostedJob done, OpenAiSpec keeper) throws HostedException {
        KeptModel kept = service.kept(done);
        return new ModelPointer(
                service.name(),
                settings.base().toString(),
                kept.name(),
                model(),
                keeper.kept().deploymentOf(key.stamp()),
                done.id(),
                key.stamp(),
                kept.created(),
                kept.until());
    }

    private Optional<HostedJob> earlier(KnownJob known) throws IOException {
        Optional<String> id = known.id(key, service.name());
        if (id.isPresent()) {
            try {
                HostedJob there = service.job(id.get());
                if (there.isOfUse()) {
                    return Optional.of(there);
                }
            } catch (HostedException e) {
                if (e.status() != 404) {
                    throw e;
                }
            }
        }
        Optional<HostedJob> listed = service.find(key);
        // A list says less of a job than the job itself.
        return listed.isPresent() ? Optional.of(service.job(listed.get().id())) : listed;
    }

    private HostedJob create(Path scratch) throws IOException {
        DatasetStore store = new DatasetStore(job.output());
        List<Example> train = store.read(Split.TRAIN);
        List<Example> validation = store.read(Split.VALIDATION);
        ObjectNode body = service.body(job.spec(), model(), key, !validation.isEmpty());
        service.rows().check(train, lastOnly);
        service.checkLimits(body);
        service.putFiles(
                body,
                upload(train, "train", scratch),
                validation.isEmpty() ? Optional.empty() : Optional.of(upload(validation, "validation", scratch)));
        checkPrice(service.price(body));
        return new JobCreation(service, pace, events).create(body, key);
    }

    private String upload(List<Example> examples, String split, Path scratch) throws IOException {
        Path file = scratch.resolve(split + ".jsonl");
        service.rows().write(examples, lastOnly, file);
        String id = service.upload(file, key.suffix() + "-" + split + ".jsonl");
        events.info("Uploaded " + Counted.of(examples.size(), split + " row") + " to " + service.name() + " as " + id
                + ".");
        Files.delete(file);
        return id;
    }

    private void checkPrice(OptionalDouble price) {
        Double most = settings.maxPrice();
        if (price.isEmpty()) {
            if (most != null) {
                throw new InvalidInputException(settings.name("maxPrice") + " is " + amount(most) + ", but "
                        + service.name() + " does not say what a job costs, so nothing was spent. Remove the key if you"
                        + " know the price.");
            }
            events.warn(service.name() + " does not say what the job will cost.");
            return;
        }
        events.info("The job will cost about " + amount(price.getAsDouble()) + " USD, as " + service.name()
                + " estimates" + (most == null ? "." : "; " + settings.name("maxPrice") + " is " + amount(most) + "."));
        if (most != null && price.getAsDouble() > most) {
            throw new InvalidInputException(settings.name("maxPrice") + ": the job would cost about "
                    + amount(price.getAsDouble()) + " USD, but " + amount(most) + " is the most. Nothing was spent.");
        }
    }

    private static String amount(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private String model() {
        String model = settings.model() == null ? job.inputs().name() : settings.model();
        if (settings.model() == null && job.inputs().revision() == null) {
            throw new InvalidInputException(settings.name("model")
                    + " is missing: base.model is no model of the hub, so "
                    + settings.service().title() + " cannot know it by its name. Write the service's name of it.");
        }
        return model;
    }

    private void bring(HostedJob done, DeliveredAdapter delivered, Path download, Path adapter) throws IOException {
        String display = "the adapter of the job " + done.id() + " at " + service.name();
        Directories.delete(download);
        Path unpacked = download.resolve("adapter");
        Files.createDirectories(unpacked);
        try {
            AdapterArchive archive = new AdapterArchive(display, unpacked, delivered.longest());
            for (Path file : service.download(done, download, delivered.longest())) {
                archive.unpack(file, String.valueOf(file.getFileName()));
            }
            delivered.convert(unpacked, display, adapter);
        } finally {
            Directories.delete(download);
        }
    }
}
