package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.lmeval.FilterPipeline.Filter;
import io.github.ftmaven.runtime.python.PythonRegex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The filter {@code regex}: one match of a pattern, or a fallback. Of several groups the first non-empty one counts.
 *
 * @param group the index of the match; negative to count from the end
 */
record RegexFilter(PythonRegex pattern, int group, String fallback) implements Filter {
    /** lm-eval's default pattern. */
    static final String DEFAULT_PATTERN = "#### (\\-?[0-9\\.\\,]+)";

    /** lm-eval's default fallback. */
    static final String DEFAULT_FALLBACK = "[invalid]";

    @Override
    public List<String> apply(List<String> answers, Document document) {
        return answers.stream()
                .map(answer -> match(pattern, answer).orElse(fallback))
                .toList();
    }

    private Optional<String> match(PythonRegex wanted, String answer) {
        List<List<String>> found = wanted.findAll(answer);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        int place = group < 0 ? found.size() + group : group;
        if (place < 0 || place >= found.size()) {
            throw new AnswerException("group_select is " + group + ", but an answer has only " + found.size()
                    + " matches of the pattern " + wanted.pattern());
        }
        List<String> groups = found.get(place);
        if (groups.size() == 1) {
            return Optional.of(PythonText.strip(groups.get(0)));
        }
        return groups.stream().filter(one -> !one.isEmpty()).findFirst().map(PythonText::strip);
    }

    /**
     * The filter {@code multi_choice_regex}: a match of the pattern; otherwise, a choice of the document in the
     * answer; otherwise, a letter after a colon. The last two become {@code (A)}.
     */
    record MultiChoice(RegexFilter regex, boolean ignoreCase, boolean ignorePunctuation, List<PythonRegex> ignored)
            implements Filter {
        private static final Pattern PUNCTUATION = Pattern.compile("\\p{P}");

        MultiChoice {
            ignored = List.copyOf(ignored);
        }

        @Override
        public List<String> apply(List<String> answers, Document document) {
            if (!(document.values().get("choices") instanceof List<?> choices) || choices.isEmpty()) {
                throw new InvalidInputException(
                        document.source() + ": the document has no list of choices, which multi_choice_regex needs.");
            }
            if (choices.size() > 26) {
                throw new InvalidInputException(document.source() + ": the document has " + choices.size()
                        + " choices, but multi_choice_regex supports at most 26.");
            }
            Map<String, String> letters = new LinkedHashMap<>();
            List<String> texts = new ArrayList<>();
            Map<String, String> bare = new LinkedHashMap<>();
            char letter = 'A';
            for (Object choice : choices) {
                String text = plain(PythonText.strip(String.valueOf(choice)));
                texts.add(PythonRegex.escape(text));
                letters.put(text, "(" + letter + ")");
                bare.put(String.valueOf(letter), "(" + letter + ")");
                letter++;
            }
            texts.sort(Comparator.comparingInt(PythonText::length).reversed());
            PythonRegex byText = PythonRegex.compile(String.join("|", texts));
            PythonRegex byLetter = PythonRegex.compile(":[\\s]*(" + String.join("|", bare.keySet()) + ")");
            return answers.stream()
                    .map(answer -> found(regex.pattern(), answer, Map.of())
                            .or(() -> found(byText, plain(answer), letters))
                            .or(() -> found(byLetter, answer, bare))
                            .orElse(regex.fallback()))
                    .toList();
        }

        private Optional<String> found(PythonRegex pattern, String answer, Map<String, String> names) {
            return regex.match(pattern, answer)
                    .map(match -> names.getOrDefault(match, match))
                    .filter(match -> !match.isEmpty());
        }

        private String plain(String text) {
            String plain = text;
            for (PythonRegex pattern : ignored) {
                plain = pattern.remove(plain);
            }
            plain = ignoreCase ? plain.toLowerCase(Locale.ROOT) : plain;
            return ignorePunctuation ? PUNCTUATION.matcher(plain).replaceAll("") : plain;
        }
    }
}
