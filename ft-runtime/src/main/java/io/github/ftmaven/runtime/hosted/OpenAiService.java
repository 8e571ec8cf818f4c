package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The OpenAI fine-tuning protocol, at a service that keeps what it trained, or gives adapters back as files of its checkpoints. */
final class OpenAiService implements FineTuningService {
    private static final int FEWEST = 10;
    private static final long MOST_BYTES = 512_000_000L;
    private static final long MOST_SECONDS = 253_402_300_800L; // the year 10000
    private static final int MOST_PAGES = 10_000;
    private static final String JOBS = "/fine_tuning/jobs";

    private final ServiceCalls calls;

    OpenAiService(ServiceCalls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return calls.name();
    }

    @Override
    public ServiceRows rows() {
        return new ServiceRows("The OpenAI protocol", true, false, FEWEST, MOST_BYTES);
    }

    @Override
    public ObjectNode body(FineTuneSpec spec, String model, JobKey key, boolean validated) {
        return OpenAiBody.of(spec, model, key);
    }

    /** The protocol has no question for limits; the service answers with status 400, and its own words. */
    @Override
    public void checkLimits(ObjectNode body) {}

    @Override
    public Optional<HostedJob> find(JobKey key) throws HostedException {
        List<HostedJob> found = new ArrayList<>();
        for (JsonNode job : pages(JOBS)) {
            boolean own = job.path("metadata")
                            .path(OpenAiBody.METADATA_KEY)
                            .asText("")
                            .equals(key.stamp())
                    || key.isIn(job.path("suffix").asText(""))
                    || key.isIn(job.path("fine_tuned_model").asText(""));
            if (own) {
                found.add(read(job));
            }
        }
        return JobChoice.best(found);
    }

    /** All entries of a list that comes in pages; none twice. */
    private List<JsonNode> pages(String path) throws HostedException {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode list = calls.get(path + "?limit=100" + (after.isEmpty() ? "" : "&after=" + after));
            int before = entries.size();
            for (JsonNode entry : list.path("data")) {
                String id = entry.path("id").asText("");
                entries.putIfAbsent(id, entry);
                after = ServiceCalls.encoded(id);
            }
            if (!list.path("has_more").asBoolean(false) || entries.size() == before || after.isEmpty()) {
                break;
            }
        }
        return List.copyOf(entries.values());
    }

    @Override
    public String upload(Path file, String name) throws HostedException {
        return JobChoice.id(calls, calls.upload("/files", Map.of("purpose", "fine-tune"), file, name), "the file");
    }

    @Override
    public void putFiles(ObjectNode body, String training, Optional<String> validation) {
        body.put("training_file", training);
        validation.ifPresent(id -> body.put("validation_file", id));
    }

    @Override
    public OptionalDouble price(ObjectNode body) {
        return OptionalDouble.empty();
    }

    @Override
    public HostedJob create(ObjectNode body) throws HostedException {
        JsonNode job = calls.postOnce(JOBS, body);
        JobChoice.id(calls, job, "the job");
        return read(job);
    }

    @Override
    public HostedJob job(String id) throws HostedException {
        JsonNode job = calls.get(JOBS + "/" + ServiceCalls.encoded(id));
        JobChoice.id(calls, job, "the job");
        return read(job);
    }

    private HostedJob read(JsonNode job) {
        String status = job.path("status").asText("").toLowerCase(Locale.ROOT);
        HostedJob.State state = switch (status) {
            case "succeeded" -> HostedJob.State.SUCCEEDED;
            case "failed" -> HostedJob.State.FAILED;
            case "cancelled" -> HostedJob.State.CANCELLED;
            default -> HostedJob.State.UNFINISHED;
        };
        return new HostedJob(
                job.path("id").asText(""),
                state,
                calls.shown(status),
                calls.shown(job.path("error").path("message").asText("")),
                ServiceNumbers.count(job.path("trained_steps")),
                ServiceNumbers.count(job.path("total_steps")),
                null,
                ServiceNumbers.countOrNull(job.path("trained_tokens")));
    }

    /** Services list the newest first; where one does not, its times say so. */
    @Override
    public List<HostedEvent> events(String id) throws HostedException {
        List<JsonNode> listed = new ArrayList<>(pages(JOBS + "/" + ServiceCalls.encoded(id) + "/events"));
        if (!listed.isEmpty()
                && listed.get(0).path("created_at").asLong()
                        > listed.get(listed.size() - 1).path("created_at").asLong()) {
            Collections.reverse(listed);
        }
        List<HostedEvent> events = new ArrayList<>();
        for (JsonNode event : listed) {
            boolean measured = event.path("type").asText("").equals("metrics");
            events.add(new HostedEvent(
                    event.path("id").asText(""),
                    event.path("level").asText("").toLowerCase(Locale.ROOT),
                    measured ? "" : calls.shown(event.path("message").asText(""))));
        }
        return events;
    }

    @Override
    public void cancel(String id) throws HostedException {
        calls.post(JOBS + "/" + ServiceCalls.encoded(id) + "/cancel");
    }

    @Override
    public List<Path> download(HostedJob job, Path directory, long longest) throws IOException {
        List<String> ids = files(job);
        List<Path> files = new ArrayList<>();
        for (String id : ids) {
            JsonNode file = calls.get("/files/" + ServiceCalls.encoded(id));
            String name = AdapterArchive.lastName(file.path("filename").asText(""));
            if (!AdapterArchive.isOfUse(name)) {
                continue;
            }
            Path target = directory.resolve(files.size() + "-" + name);
            calls.download("/files/" + ServiceCalls.encoded(id) + "/content", target, longest);
            long bytes = ServiceNumbers.count(file.path("bytes"));
            if (bytes > 0 && bytes != Files.size(target)) {
                throw new HostedException(
                        name() + " sent " + Files.size(target) + " bytes of " + calls.shown(name) + ", which has "
                                + bytes + ". The job is done, so the next build tries again and pays nothing.");
            }
            files.add(target);
        }
        if (files.isEmpty()) {
            throw new HostedException("The job " + job.id() + " at " + name() + " succeeded, but left no adapter to"
                    + " download. If the service keeps the weights, write runner.openai.weights: kept.");
        }
        return files;
    }

    /** The ids of the files of the last checkpoint. */
    private List<String> files(HostedJob job) throws HostedException {
        List<JsonNode> checkpoints;
        try {
            checkpoints = pages(JOBS + "/" + ServiceCalls.encoded(job.id()) + "/checkpoints");
        } catch (HostedException e) {
            if (e.status() != 404) {
                throw e;
            }
            return List.of();
        }
        long last = -1;
        List<String> ids = new ArrayList<>();
        for (JsonNode checkpoint : checkpoints) {
            long step = checkpoint.path("step_number").asLong(0);
            if (step > last && !checkpoint.path("result_files").isEmpty()) {
                last = step;
                ids.clear();
                checkpoint
                        .path("result_files")
                        .forEach(file -> ids.add(
                                file.isTextual()
                                        ? file.textValue()
                                        : file.path("id").asText("")));
            }
        }
        return ids;
    }

    @Override
    public KeptModel kept(HostedJob job) throws HostedException {
        JsonNode json = calls.get(JOBS + "/" + ServiceCalls.encoded(job.id()));
        String name = json.path("fine_tuned_model").asText("");
        if (name.isEmpty()) {
            throw new HostedException("The job " + job.id() + " at " + name()
                    + " succeeded, but it names no fine_tuned_model. Ask the service's support.");
        }
        return new KeptModel(
                name, time(json.path("created_at")), time(model(name).path("shutdown_date")));
    }

    /** What the service says of a model; nothing where it has no such answer. */
    private JsonNode model(String name) throws HostedException {
        try {
            return calls.get("/models/" + ServiceCalls.encoded(name));
        } catch (HostedException e) {
            if (e.status() != 404) {
                throw e;
            }
            return JsonTrees.object();
        }
    }

    /** A time, as a service writes it: in seconds since 1970, or as text. */
    private @Nullable String time(JsonNode time) {
        return time.canConvertToLong() && time.asLong() > 0 && time.asLong() < MOST_SECONDS
                ? Instant.ofEpochSecond(time.asLong()).toString()
                : time.isTextual() ? calls.shown(time.textValue()) : null;
    }
}
