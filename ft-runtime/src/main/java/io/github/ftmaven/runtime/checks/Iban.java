package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.checks.Sensitive.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recognises international bank account numbers (ISO 13616): country, length and check digits must all be right. */
final class Iban {
    /** The lengths of the registry. */
    private static final Map<String, Integer> LENGTHS = lengths(
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20"
                    + " EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26"
                    + " IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30"
                    + " NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27"
                    + " SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    private Iban() {}

    /** Adds the numbers of a text. */
    static void find(String text, List<Span> spans) {
        for (int i = 0; i + 4 <= text.length(); i++) {
            if (isLetter(text.charAt(i))
                    && isLetter(text.charAt(i + 1))
                    && isDigit(text.charAt(i + 2))
                    && (i == 0 || !isAlphanumeric(text.charAt(i - 1)))) {
                int end = end(text, i);
                if (end > 0) {
                    spans.add(new Span(i, end, "IBAN"));
                    i = end - 1;
                }
            }
        }
    }

    /** Where the number ends that begins here; -1 if none does. */
    private static int end(String text, int start) {
        Integer length = LENGTHS.get(text.substring(start, start + 2).toUpperCase(Locale.ROOT));
        if (length == null) {
            return -1;
        }
        StringBuilder number = new StringBuilder(length);
        int i = start;
        while (i < text.length() && number.length() < length) {
            char c = text.charAt(i);
            boolean gap = (c == ' ' || c == '-') && isAlphanumeric(text.charAt(i - 1));
            if (isAlphanumeric(c)) {
                number.append(c);
            } else if (!gap) {
                return -1;
            }
            i++;
        }
        boolean whole = number.length() == length && (i == text.length() || !isAlphanumeric(text.charAt(i)));
        return whole && isValid(number.toString()) ? i : -1;
    }

    /** Whether the check digits fit: the number, its first four characters last and letters as numbers, is 1 modulo 97. */
    static boolean isValid(String number) {
        @Nullable
        Integer length =
                number.length() < 4 ? null : LENGTHS.get(number.substring(0, 2).toUpperCase(Locale.ROOT));
        if (length == null || number.length() != length || !isDigit(number.charAt(2)) || !isDigit(number.charAt(3))) {
            return false;
        }
        int rest = 0;
        for (int i = 0; i < number.length(); i++) {
            int value = Character.digit(number.charAt((i + 4) % number.length()), 36);
            rest = (value < 10 ? rest * 10 + value : rest * 100 + value) % 97;
        }
        return rest == 1;
    }

    private static boolean isAlphanumeric(char c) {
        return isLetter(c) || isDigit(c);
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Map<String, Integer> lengths(String table) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : table.split(" ", -1)) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return Map.copyOf(lengths);
    }
}
