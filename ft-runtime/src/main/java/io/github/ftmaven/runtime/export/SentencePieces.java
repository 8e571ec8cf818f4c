package io.github.ftmaven.runtime.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A SentencePiece tokenizer with byte fallback: llama.cpp joins the pair whose token has the highest score.
 *
 * @param scores the score of every token; for a merged token, the later the merge the lower the score
 * @param spaceInFront whether the tokenizer puts a space before a text
 */
record SentencePieces(List<Float> scores, boolean spaceInFront) {
    private static final String SPACE = "\u2581";
    private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

    SentencePieces {
        scores = List.copyOf(scores);
    }

    /** Whether a token represents a byte. */
    static boolean isByte(String token) {
        return BYTE.matcher(token).matches();
    }

    /**
     * Reads a {@code tokenizer.json}.
     *
     * @param tokens its tokens, by id
     * @throws InvalidInputException if llama.cpp cannot reproduce it; the message is a clause with the reason
     */
    static SentencePieces of(JsonNode tokenizer, List<String> tokens) {
        long bytes = tokens.stream().filter(SentencePieces::isByte).count();
        if (bytes != 256) {
            throw new InvalidInputException("it has " + bytes + " of the 256 byte tokens for fallback");
        }
        return new SentencePieces(
                scores(tokens, GgufTokenizer.merges(tokenizer)),
                spaceInFront(tokenizer.path("normalizer"), tokenizer.path("pre_tokenizer")));
    }

    private static List<Float> scores(List<String> tokens, List<String> merges) {
        Map<String, Integer> ranks = new HashMap<>();
        String latest = "";
        for (String merge : merges) {
            String joined = merge.substring(0, merge.indexOf(' ')) + merge.substring(merge.indexOf(' ') + 1);
            if (!joined.equals(latest) && ranks.putIfAbsent(joined, ranks.size() + 1) != null) {
                throw new InvalidInputException("other merges come between those that make " + joined);
            }
            latest = joined;
        }
        List<Float> scores = new ArrayList<>();
        for (String token : tokens) {
            scores.add(-(float) ranks.getOrDefault(token, 0));
        }
        return scores;
    }

    private static boolean spaceInFront(JsonNode normalizer, JsonNode preTokenizer) {
        if (isAbsent(preTokenizer)) {
            JsonNode parts = normalizer.path("normalizers");
            boolean prepends = parts.size() == 2
                    && parts.path(0).path("type").asText().equals("Prepend")
                    && parts.path(0).path("prepend").asText().equals(SPACE);
            JsonNode replaces = parts.isArray() ? parts.path(parts.size() - 1) : normalizer;
            if ((prepends || parts.size() < 2)
                    && replaces.path("type").asText().equals("Replace")
                    && replaces.path("pattern").path("String").asText().equals(" ")
                    && replaces.path("content").asText().equals(SPACE)) {
                return prepends;
            }
        } else if (isAbsent(normalizer)
                && preTokenizer.path("type").asText().equals("Metaspace")
                && preTokenizer.path("replacement").asText().equals(SPACE)
                && !preTokenizer.path("split").asBoolean(true)) {
            switch (preTokenizer.path("prepend_scheme").asText("always")) {
                case "always" -> {
                    return true;
                }
                case "never" -> {
                    return false;
                }
                default ->
                    throw new InvalidInputException("its prepend_scheme is "
                            + preTokenizer.path("prepend_scheme").asText()
                            + ", but llama.cpp puts a space before every part of a text or before none");
            }
        }
        throw new InvalidInputException("its normalizer and pre_tokenizer do more than replace spaces with " + SPACE);
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
