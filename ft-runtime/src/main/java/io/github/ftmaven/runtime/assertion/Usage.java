package io.github.ftmaven.runtime.assertion;

/**
 * What grading took.
 *
 * @param prompt tokens of what a judge was asked
 * @param completion tokens of what it answered
 * @param requests how often it was asked
 */
public record Usage(long prompt, long completion, int requests) {
    /** Where nobody was asked. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** One request. */
    static Usage of(Response.Tokens tokens) {
        return new Usage(tokens.prompt(), tokens.completion(), 1);
    }

    /** Both together. */
    public Usage plus(Usage other) {
        return new Usage(prompt + other.prompt, completion + other.completion, requests + other.requests);
    }
}
