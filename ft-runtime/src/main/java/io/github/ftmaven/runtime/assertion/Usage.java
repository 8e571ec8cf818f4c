package io.github.ftmaven.runtime.assertion;

/**
 * The cost of grading.
 *
 * @param prompt tokens of the judges' prompts
 * @param completion tokens of the judges' answers
 * @param requests the number of requests to judges
 */
public record Usage(long prompt, long completion, int requests) {
    /** No requests. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** A single request. */
    static Usage of(Response.Tokens tokens) {
        return new Usage(tokens.prompt(), tokens.completion(), 1);
    }

    /** The sum of both. */
    public Usage plus(Usage other) {
        return new Usage(prompt + other.prompt, completion + other.completion, requests + other.requests);
    }
}
