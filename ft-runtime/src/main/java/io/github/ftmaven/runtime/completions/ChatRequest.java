package io.github.ftmaven.runtime.completions;

import io.github.ftmaven.runtime.files.Digests;
import java.nio.charset.StandardCharsets;

/**
 * One request for an answer.
 *
 * @param body in JSON
 * @param digest identifies the request and the server
 * @param takesCalls whether an answer may be calls of tools
 * @param inputTokens an estimate: the server's tokenizer is not at hand
 * @param outputTokens the most tokens of the answer
 */
public record ChatRequest(String body, String digest, boolean takesCalls, long inputTokens, long outputTokens) {
    /** English has four bytes a token, most code and Chinese three. */
    public static final int BYTES_PER_TOKEN = 3;

    private static final int TOKENS_PER_MESSAGE = 8;

    /** A request to the server of this base URL. */
    public static ChatRequest to(String url, String body, boolean takesCalls, long inputTokens, long outputTokens) {
        return new ChatRequest(
                body, Digests.sha256(url.replaceFirst("/+$", "") + "\n" + body), takesCalls, inputTokens, outputTokens);
    }

    /**
     * An estimate of the tokens of a conversation.
     *
     * @param content the messages and tools in JSON
     */
    public static long estimate(String content, int messages) {
        return content.getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN + (long) TOKENS_PER_MESSAGE * messages;
    }
}
