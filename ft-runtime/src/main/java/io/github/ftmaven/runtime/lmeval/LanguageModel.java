package io.github.ftmaven.runtime.lmeval;

import java.util.List;

/** What lm-eval asks a model; results are in the order of the requests. */
public interface LanguageModel {
    /** A text that follows a context. */
    record Continuation(String context, String continuation) {
        /** The same text, with the white space that the context ends with at the beginning of the continuation. */
        public Continuation shifted() {
            String kept = PythonText.stripTrailing(context);
            return new Continuation(kept, context.substring(kept.length()) + continuation);
        }
    }

    /**
     * How likely a continuation is.
     *
     * @param logProbability the sum over its tokens, in nats
     * @param greedy whether each of its tokens is the most likely one
     */
    record Likelihood(double logProbability, boolean greedy) {}

    /** How likely continuations are behind their contexts. */
    List<Likelihood> loglikelihood(List<Continuation> requests);

    /** The log-probabilities of whole texts, in nats. */
    List<Double> loglikelihoodRolling(List<String> texts);

    /**
     * Greedy answers.
     *
     * @param until an answer ends before the first of these
     * @param maxTokens most tokens of an answer
     */
    List<String> generateUntil(List<String> contexts, List<String> until, int maxTokens);
}
