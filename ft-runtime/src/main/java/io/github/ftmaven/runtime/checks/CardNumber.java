package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.checks.Sensitive.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises numbers of payment cards: an issuer's prefix with its length, and the check digit of Luhn. */
final class CardNumber {
    /** Digits in groups, each after one blank or hyphen. */
    private static final Pattern GROUPS = Pattern.compile("(?<![\\w.+-])\\d{1,24}(?:[ -]\\d{1,24}){0,12}");

    /** How cards print their numbers. */
    private static final Set<List<Integer>> PRINTED = Set.of(
            List.of(13),
            List.of(14),
            List.of(15),
            List.of(16),
            List.of(17),
            List.of(18),
            List.of(19),
            List.of(4, 4, 4, 4),
            List.of(4, 4, 4, 4, 3),
            List.of(4, 3, 3, 3),
            List.of(4, 6, 4),
            List.of(4, 6, 5),
            List.of(6, 13));

    private static final int MOST_GROUPS = 5;

    private CardNumber() {}

    /** Adds the numbers of a text. */
    static void find(String text, List<Span> spans) {
        Matcher matcher = GROUPS.matcher(text);
        while (matcher.find()) {
            List<int[]> groups = groups(text, matcher.start(), matcher.end());
            for (int first = 0; first < groups.size(); first++) {
                int last = last(text, groups, first);
                if (last >= 0) {
                    spans.add(new Span(groups.get(first)[0], groups.get(last)[1], "card number"));
                    first = last;
                }
            }
        }
    }

    /** The group with which a card number ends that begins with this one; -1 if none does. */
    private static int last(String text, List<int[]> groups, int first) {
        List<Integer> lengths = new ArrayList<>();
        StringBuilder digits = new StringBuilder();
        int found = -1;
        for (int i = first; i < Math.min(groups.size(), first + MOST_GROUPS); i++) {
            int[] group = groups.get(i);
            lengths.add(group[1] - group[0]);
            digits.append(text, group[0], group[1]);
            if (PRINTED.contains(lengths) && isAlone(text, group[1]) && isValid(digits.toString())) {
                found = i;
            }
        }
        return found;
    }

    private static boolean isAlone(String text, int end) {
        return end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
    }

    private static List<int[]> groups(String text, int start, int end) {
        List<int[]> groups = new ArrayList<>();
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i == end || text.charAt(i) == ' ' || text.charAt(i) == '-') {
                groups.add(new int[] {from, i});
                from = i + 1;
            }
        }
        return groups;
    }

    /** Whether digits are a card's number. */
    static boolean isValid(String digits) {
        return isIssued(digits) && luhn(digits) && digits.chars().distinct().count() > 1;
    }

    private static boolean isIssued(String digits) {
        int length = digits.length();
        if (length < 13 || length > 19) {
            return false;
        }
        int six = Integer.parseInt(digits.substring(0, 6));
        int two = six / 10_000;
        if (digits.charAt(0) == '4') { // Visa
            return length == 13 || length == 16 || length == 19;
        } else if ((two >= 51 && two <= 55) || (six >= 222_100 && six <= 272_099)) { // Mastercard
            return length == 16;
        } else if (two == 34 || two == 37) { // American Express
            return length == 15;
        } else if (two == 36 || two == 38 || two == 39 || (six >= 300_000 && six <= 305_999)) { // Diners Club
            return length == 14 || length == 16 || length == 19;
        }
        boolean discover = six / 100 == 6011 || (six >= 644_000 && six <= 659_999);
        boolean unionPay = two == 62;
        boolean jcb = six >= 352_800 && six <= 358_999;
        return length >= 16 && (discover || unionPay || jcb);
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
