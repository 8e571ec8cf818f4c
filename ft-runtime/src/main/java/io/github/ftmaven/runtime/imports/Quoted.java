package io.github.ftmaven.runtime.imports;

import java.util.Locale;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Texts in double quotes, as YAML reads them. */
final class Quoted {
    private Quoted() {}

    /** The text in quotes. */
    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (StreamReader.isPrintable(c) && c != 0x85 && c != 0x2028 && c != 0x2029 && c != 0xfeff) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
