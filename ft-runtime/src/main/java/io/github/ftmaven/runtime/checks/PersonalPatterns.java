package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.checks.Sensitive.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises e-mail addresses, phone numbers, IBANs and card numbers. */
final class PersonalPatterns {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 255;

    /** Domains that nobody can have (RFC 2606, RFC 6761). */
    private static final Set<String> RESERVED =
            Set.of("example.com", "example.net", "example.org", "example", "test", "invalid", "localhost");

    /** Endings of file names such as {@code icon@2x.png}. */
    private static final Set<String> FILES = Set.of("png", "jpg", "jpeg", "gif", "svg", "webp");

    private static final Pattern DOMAIN =
            Pattern.compile("(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.){1,8}\\p{L}{2,24}");

    /** A country code and a number, or a number as North America writes it. */
    private static final Pattern PHONE = Pattern.compile("(?<![\\w+])\\+[1-9](?:[ .()/-]{0,3}\\d){7,14}(?!\\d)"
            + "|(?<![\\w.+-])(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[-.])[2-9]\\d{2}[-.]\\d{4}(?![\\w-]|\\.\\d)");

    /** Numbers that are kept free for films. */
    private static final Pattern FICTIONAL = Pattern.compile("555\\D{0,2}01\\d\\d$");

    private PersonalPatterns() {}

    /** The personal data of a text. */
    static List<Span> find(String text) {
        List<Span> spans = new ArrayList<>();
        if (text.indexOf('@') >= 0) {
            addresses(text, spans);
        }
        String plain = plain(text);
        if (hasDigits(plain)) {
            Iban.find(plain, spans);
            CardNumber.find(plain, spans);
            phones(plain, spans);
        }
        return spans;
    }

    private static void addresses(String text, List<Span> spans) {
        int done = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = at;
            while (start > done && at - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
                start--;
            }
            Matcher domain = DOMAIN.matcher(text).region(at + 1, Math.min(text.length(), at + 1 + LONGEST_DOMAIN));
            if (start < at
                    && domain.lookingAt()
                    && !isReserved(domain.group())
                    && !text.substring(start, at).equals("git")) { // of a repository's address
                spans.add(new Span(start, domain.end(), "e-mail address"));
                done = domain.end();
            }
        }
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || "!#$%&'*+/=?^_`{|}~.-".indexOf(c) >= 0;
    }

    private static boolean isReserved(String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        if (FILES.contains(lower.substring(lower.lastIndexOf('.') + 1))) {
            return true;
        }
        return RESERVED.stream().anyMatch(reserved -> lower.equals(reserved) || lower.endsWith("." + reserved));
    }

    private static void phones(String text, List<Span> spans) {
        Matcher matcher = PHONE.matcher(text);
        while (matcher.find()) {
            if (!FICTIONAL.matcher(matcher.group()).find()) {
                spans.add(new Span(matcher.start(), matcher.end(), "phone number"));
            }
        }
    }

    private static boolean hasDigits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length() && digits < 8; i++) {
            digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
        }
        return digits == 8;
    }

    /** The text with digits of all scripts, blanks and hyphens as ASCII has them; every character keeps its place. */
    private static String plain(String text) {
        StringBuilder plain = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char to = c < 128 ? c : plain(c);
            if (to != c) {
                plain = plain == null ? new StringBuilder(text) : plain;
                plain.setCharAt(i, to);
            }
        }
        return plain == null ? text : plain.toString();
    }

    private static char plain(char c) {
        if (Character.isDigit(c)) {
            return (char) ('0' + Character.digit(c, 10));
        } else if (Character.isSpaceChar(c)) {
            return ' ';
        } else if (c == '\uff0b') {
            return '+';
        } else if (Character.getType(c) == Character.DASH_PUNCTUATION) {
            return '-';
        }
        return c >= '\uff21' && c <= '\uff3a' ? (char) (c - '\uff21' + 'A') : c;
    }
}
