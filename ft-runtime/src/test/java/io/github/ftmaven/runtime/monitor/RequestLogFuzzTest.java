package io.github.ftmaven.runtime.monitor;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Logs: every line is a request or counted as none. */
class RequestLogFuzzTest extends FuzzedReader {
    RequestLogFuzzTest() {
        super("request-log");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {"request": {"messages": [{"role": "user", "content": "a"}]}, "response": {"choices": [{"message": {"content": "b"}}]}}
                {"custom_id": "1", "url": "/v1/chat/completions", "body": {"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}]}]}}
                """.getBytes(StandardCharsets.UTF_8), """
                {"input": [{"role": "user", "content": "a"}, {"type": "reasoning"}], "output": [{"type": "message", "content": [{"text": "b"}]}]}
                {"prompt": "a", "completion": "b"}
                {"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]}
                {"request": "{\\"prompt\\": [\\"a\\"]}"}
                """.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Path file = Files.write(directory.resolve("log.jsonl"), input);
        AtomicLong requests = new AtomicLong();
        RequestLog log = new RequestLog(request -> requests.incrementAndGet());
        log.read(file, "log.jsonl");
        if (requests.get() + log.unread() != log.lines()) {
            throw new IllegalStateException("a line was lost");
        }
    }
}
