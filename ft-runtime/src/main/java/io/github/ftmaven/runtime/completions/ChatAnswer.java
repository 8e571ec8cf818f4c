package io.github.ftmaven.runtime.completions;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A model's answer.
 *
 * @param message its role and content; empty unless it was answered or cut off
 * @param usage what it took
 * @param detail the server's own words about an outcome without an answer; empty for none
 */
public record ChatAnswer(ChatOutcome outcome, ObjectNode message, Usage usage, String detail) {
    /**
     * The tokens that the server counted, and the time.
     *
     * @param told whether the server said the tokens
     * @param input tokens sent
     * @param output tokens received
     * @param seconds from the request that was answered to its answer
     */
    public record Usage(boolean told, long input, long output, double seconds) {
        /** Nothing is known. */
        public static final Usage UNKNOWN = new Usage(false, 0, 0, 0);
    }

    /** The answer's text; empty for none. */
    public String text() {
        return message.path("content").asText("");
    }

    ChatAnswer with(ChatOutcome other, String words) {
        return new ChatAnswer(other, message.objectNode(), usage, words);
    }
}
