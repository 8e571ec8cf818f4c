package io.github.ftmaven.runtime.hosted;

import com.sun.net.httpserver.HttpServer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpRequests.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a service answers, whatever it was asked. */
class ServiceAnswerFuzzTest extends FuzzedReader {
    private final HttpServer server;
    private volatile byte[] answer = new byte[0];

    ServiceAnswerFuzzTest() throws IOException {
        super("service-answer");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(bytes("""
                        {"id": "ft-1", "status": "running", "suffix": "ft-0", "progress": {"steps_completed": 3, "total_steps":
                         9, "seconds_remaining": 7.5}, "token_count": 90, "data": [{"id": "ft-1", "status": "error",
                         "suffix": "ft-0", "message": "no", "level": "error", "hash": "h", "step_number": 3,
                         "result_files": ["file-1", {"id": "file-2"}]}], "has_more": true, "filename": "README.md"}"""), bytes("""
                        {"id": "x", "estimated_total_price": 4.5, "allowed_to_proceed": true, "max_num_epochs": 20,
                         "lora_training": {"max_rank": 64, "target_modules": ["q_proj"]}, "data": [{"id": "e", "created_at": 7,
                         "type": "metrics"}, {"id": "f", "created_at": 5}]}"""));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void read(byte[] input) throws Exception {
        answer = input;
        Duration second = Duration.ofSeconds(1);
        Pace pace = new Pace(new Patience(second, 1, Duration.ZERO, Duration.ZERO), second, second);
        for (HostedSettings.Service each : HostedSettings.Service.values()) {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
            ServiceCalls calls =
                    new ServiceCalls(new HostedSettings(each, url, "m", new ApiKey("k", "here"), null, false), pace);
            FineTuningService service =
                    each == HostedSettings.Service.TOGETHER ? new TogetherService(calls) : new OpenAiService(calls);
            try {
                service.find(new JobKey("0"));
                service.checkLimits(JsonTrees.object());
                service.price(JsonTrees.object());
                service.events("ft-1");
                HostedJob job = service.job("ft-1");
                if (each == HostedSettings.Service.OPENAI) {
                    service.download(job, Path.of("nowhere"), 1);
                }
            } catch (HostedException e) {
                throw new InvalidInputException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** The last seed is no adapter, as any answer is that is the same for every question. */
    @Override
    protected void readsItsSeeds() throws Exception {
        for (byte[] seed : seeds()) {
            try {
                read(seed);
            } catch (InvalidInputException e) {
                if (!String.valueOf(e.getMessage()).contains("left no adapter to download")) {
                    throw e;
                }
            }
        }
    }
}
