package io.github.ftmaven.runtime.lmeval;

import java.util.List;

/** The requests of lm-eval to a model; results follow the order of requests. */
public interface LanguageModel {
    /** A text that follows a context. */
    record Continuation(String context, String continuation) {
        /** The same text, with the context's trailing white space moved to the continuation. */
        public Continuation shifted() {
            String kept = PythonText.stripTrailing(context);
            return new Continuation(kept, context.substring(kept.length()) + continuation);
        }
    }

    /**
     * The likelihood of a continuation.
     *
     * @param logProbability the sum over its tokens, in nats
     * @param greedy whether each token is the most likely one
     */
    record Likelihood(double logProbability, boolean greedy) {}

    /** The likelihoods of continuations, given their contexts. */
    List<Likelihood> loglikelihood(List<Continuation> requests);

    /** The log-probabilities of whole texts, in nats. */
    List<Double> loglikelihoodRolling(List<String> texts);

    /**
     * Greedy answers.
     *
     * @param until each answer ends before the first of these
     * @param maxTokens the most tokens of an answer
     */
    List<String> generateUntil(List<String> contexts, List<String> until, int maxTokens);
}
