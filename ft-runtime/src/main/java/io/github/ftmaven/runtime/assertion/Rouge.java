package io.github.ftmaven.runtime.assertion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * ROUGE-1's F measure (Lin, 2004) as promptfoo computes it: lower-case tokens by the rules of the Penn Treebank;
 * matches count as often as they occur in both texts.
 */
final class Rouge {
    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern), replacement);
        }
    }

    /** The tokenizer of the Penn Treebank: each rule separates something with spaces. */
    private static final List<Rule> RULES = List.of(
            Rule.of("^\"", "`` "),
            Rule.of("([ (\\[{<])\"", "$1 `` "),
            Rule.of("\\.\\.\\.*", " ... "),
            Rule.of("[;@#$%&]", " $0 "),
            Rule.of(",(?![0-9])", " , "),
            Rule.of(":(?![0-9])", " : "),
            Rule.of("([^.])(\\.)([\\])}>\"']*)" + Js.SPACE + "*\\z", "$1 $2$3 "),
            Rule.of("[?!]", " $0 "),
            Rule.of("[\\]\\[(){}<>]", " $0 "),
            Rule.of("--", " -- "),
            Rule.of("\"", " '' "),
            Rule.of("([^'])' ", "$1 ' "),
            Rule.of("'([sSmMdD]) ", " '$1 "),
            Rule.of("('ll|'re|'ve|n't) ", " $1 "),
            Rule.of("\\b(can)(not)\\b", " $1 $2 "),
            Rule.of("\\b(d)('ye)\\b", " $1 $2 "),
            Rule.of("\\b(gim)(me)\\b", " $1 $2 "),
            Rule.of("\\b(gon)(na)\\b", " $1 $2 "),
            Rule.of("\\b(got)(ta)\\b", " $1 $2 "),
            Rule.of("\\b(lem)(me)\\b", " $1 $2 "),
            Rule.of("\\b(more)('n)\\b", " $1 $2 "),
            Rule.of("\\b(wan)(na)\\b", " $1 $2 "));

    private Rouge() {}

    /** From 0 to 1. */
    static double score(String candidate, String reference) {
        List<String> own = tokens(candidate.toLowerCase(Locale.ROOT));
        List<String> theirs = tokens(reference.toLowerCase(Locale.ROOT));
        if (own.isEmpty() || theirs.isEmpty()) {
            return 0;
        }
        Map<List<String>, Integer> counts = NGrams.count(own, 1);
        int shared = NGrams.shared(counts, NGrams.count(theirs, 1));
        if (shared == 0) {
            return 0;
        }
        double precision = (double) shared / own.size();
        double recall = (double) shared / theirs.size();
        return precision == recall ? precision : 2 * precision * recall / (precision + recall);
    }

    static List<String> tokens(String text) {
        String spaced = text;
        for (Rule rule : RULES) {
            // The rules for clitics expect a space after the last word.
            spaced = rule.pattern()
                    .matcher(spaced + (spaced.endsWith(" ") ? "" : " "))
                    .replaceAll(rule.replacement());
        }
        List<String> tokens = new ArrayList<>();
        for (String token : Js.words(Js.trim(spaced))) {
            if (!token.isEmpty()) {
                tokens.add(token);
            }
        }
        return tokens;
    }
}
