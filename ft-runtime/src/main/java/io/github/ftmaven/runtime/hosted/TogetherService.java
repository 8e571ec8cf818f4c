package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Together's own protocol. */
final class TogetherService implements FineTuningService {
    /** Longer files need an upload in parts. */
    private static final long MOST_BYTES = 5_000_000_000L;

    private static final List<String> OF_THE_PRICE = List.of(
            "training_file", "validation_file", "model", "n_epochs", "n_evals", "training_method", "training_type");

    private static final List<String> NAMES =
            List.of("suffix", "model_output_name", "x_model_output_name", "output_name", "adapter_output_name");

    private final ServiceCalls calls;

    TogetherService(ServiceCalls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return calls.name();
    }

    @Override
    public ServiceRows rows() {
        return new ServiceRows("Together", false, true, 1, MOST_BYTES);
    }

    @Override
    public ObjectNode body(FineTuneSpec spec, String model, JobKey key, boolean validated) {
        return TogetherBody.of(spec, model, key, validated);
    }

    @Override
    public void checkLimits(ObjectNode body) throws HostedException {
        String model = body.path("model").asText();
        TogetherBody.check(body, calls.get("/fine-tunes/models/limits?model_name=" + ServiceCalls.encoded(model)));
    }

    @Override
    public Optional<HostedJob> find(JobKey key) throws HostedException {
        JsonNode list = calls.get("/fine-tunes");
        List<HostedJob> found = new ArrayList<>();
        for (JsonNode job : list.isArray() ? list : list.path("data")) {
            if (NAMES.stream().anyMatch(name -> key.isIn(job.path(name).asText("")))) {
                found.add(read(job));
            }
        }
        return JobChoice.best(found);
    }

    @Override
    public String upload(Path file, String name) throws HostedException {
        JsonNode uploaded = calls.upload(
                "/files/upload", Map.of("purpose", "fine-tune", "file_name", name, "file_type", "jsonl"), file, name);
        return JobChoice.id(calls, uploaded, "the file");
    }

    @Override
    public void putFiles(ObjectNode body, String training, Optional<String> validation) {
        body.put("training_file", training);
        validation.ifPresent(id -> body.put("validation_file", id));
    }

    @Override
    public OptionalDouble price(ObjectNode body) throws HostedException {
        ObjectNode question = JsonTrees.object();
        for (String key : OF_THE_PRICE) {
            if (body.has(key)) {
                question.set(key, body.get(key));
            }
        }
        JsonNode answer = calls.post("/fine-tunes/estimate-price", question);
        JsonNode price = answer.path("estimated_total_price");
        JsonNode allowed = answer.path("allowed_to_proceed");
        if (allowed.isBoolean() && !allowed.booleanValue()) {
            throw new InvalidInputException(
                    calls.name() + " does not allow this job: it would cost " + price.asText("?")
                            + " USD, and the account's limit is "
                            + answer.path("user_limit").asText("?")
                            + " USD. Nothing was spent.");
        }
        return price.isNumber() && price.doubleValue() >= 0 && Double.isFinite(price.doubleValue())
                ? OptionalDouble.of(price.doubleValue())
                : OptionalDouble.empty();
    }

    @Override
    public HostedJob create(ObjectNode body) throws HostedException {
        JsonNode job = calls.postOnce("/fine-tunes", body);
        JobChoice.id(calls, job, "the job");
        return read(job);
    }

    @Override
    public HostedJob job(String id) throws HostedException {
        JsonNode job = calls.get("/fine-tunes/" + ServiceCalls.encoded(id));
        JobChoice.id(calls, job, "the job");
        return read(job);
    }

    private HostedJob read(JsonNode job) {
        String status = job.path("status").asText("").toLowerCase(Locale.ROOT);
        HostedJob.State state = switch (status) {
            case "completed" -> HostedJob.State.SUCCEEDED;
            case "error", "user_error" -> HostedJob.State.FAILED;
            case "cancelled" -> HostedJob.State.CANCELLED;
            default -> HostedJob.State.UNFINISHED;
        };
        JsonNode progress = job.path("progress");
        return new HostedJob(
                job.path("id").asText(""),
                state,
                calls.shown(status),
                calls.shown(job.path("error")
                        .path("message")
                        .asText(job.path("message").asText(""))),
                ServiceNumbers.count(progress.path("steps_completed"), job.path("steps_completed")),
                ServiceNumbers.count(progress.path("total_steps"), job.path("total_steps")),
                ServiceNumbers.secondsOrNull(progress.path("seconds_remaining")),
                ServiceNumbers.countOrNull(job.path("token_count")));
    }

    @Override
    public List<HostedEvent> events(String id) throws HostedException {
        JsonNode list = calls.get("/fine-tunes/" + ServiceCalls.encoded(id) + "/events");
        List<HostedEvent> events = new ArrayList<>();
        for (JsonNode event : list.isArray() ? list : list.path("data")) {
            String hash = event.path("hash").asText("");
            String message = event.path("message").asText("");
            String own = event.path("created_at").asText("") + " "
                    + event.path("type").asText("") + " " + message;
            events.add(new HostedEvent(
                    hash.isEmpty() ? own : hash,
                    event.path("level").asText("").toLowerCase(Locale.ROOT),
                    calls.shown(message)));
        }
        return events;
    }

    @Override
    public void cancel(String id) throws HostedException {
        calls.post("/fine-tunes/" + ServiceCalls.encoded(id) + "/cancel");
    }

    @Override
    public List<Path> download(HostedJob job, Path directory, long longest) throws IOException {
        Path file = directory.resolve("delivered");
        calls.download(
                "/finetune/download?ft_id=" + ServiceCalls.encoded(job.id()) + "&checkpoint=adapter", file, longest);
        return List.of(file);
    }

    @Override
    public KeptModel kept(HostedJob job) {
        throw new IllegalStateException("Together gives adapters back");
    }
}
