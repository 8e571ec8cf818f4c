package io.github.ftmaven.runtime.checks;

import java.nio.charset.Charset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that was decoded with the wrong encoding: UTF-8 read as Windows-1252, and characters that were lost. */
final class Mojibake implements DataCheck {
    /** Windows-1252 has these characters for the bytes 0x80 to 0xBF that follow the first byte of a character. */
    private static final String NEXT = next();

    /**
     * The characters for first bytes that are common, where a text would hardly have them before such others: Latin
     * letters, signs, punctuation, Cyrillic, emoji and the byte order mark.
     */
    private static final Pattern SEQUENCE = Pattern.compile("Ã[" + NEXT + "]|Â[" + NEXT + "]|â[€‚„†‡…][" + NEXT
            + "]|(?:[ÐÑ][" + NEXT + "]){2}|ðŸ[" + NEXT + "]{2}|ï»¿|[\u0080-\u0084\u0086-\u009f]|\ufffd");

    private static String next() {
        StringBuilder next = new StringBuilder("\u0080-\u00bf");
        byte[] bytes = new byte[0x20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0x80 + i);
        }
        // The bytes without a character stay controls.
        new String(bytes, Charset.forName("windows-1252"))
                .chars()
                .filter(c -> c != 0xfffd)
                .forEach(c -> next.append((char) c));
        return next.toString();
    }

    @Override
    public List<Finding> find(Inspection rows) {
        Finding.Collector found = new Finding.Collector("rows with text in the wrong encoding");
        rows.parts().forEach(part -> found.addAll(part.rows(), RowLook.BROKEN, Mojibake::sighting));
        return found.findings();
    }

    private static Sighting sighting(InspectedRow row) {
        String broken =
                row.texts().stream().filter(Mojibake::isBroken).findFirst().orElseThrow();
        return Sighting.of(row, around(broken), "");
    }

    static boolean isBroken(String text) {
        return text.chars().anyMatch(c -> c >= 128) && SEQUENCE.matcher(text).find();
    }

    /** The text from shortly before the place; masked as a whole, so that no half of a secret is at the cut. */
    private static String around(String text) {
        String masked = Sensitive.mask(text);
        Matcher matcher = SEQUENCE.matcher(masked);
        int from = matcher.find() ? Math.max(0, matcher.start() - 60) : 0;
        return from == 0 ? masked : "…" + masked.substring(from);
    }
}
