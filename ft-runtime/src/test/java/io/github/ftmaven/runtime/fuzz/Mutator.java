package io.github.ftmaven.runtime.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages valid inputs, the same way for the same number. */
final class Mutator {
    private static final int MOST_CHANGES = 4;
    /** Inputs that explode cost as much as hundreds of others, so they are rare. */
    private static final int EXPLOSION = 150;

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]{1,30}");

    /** Values at which readers stumble. */
    static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "2147483647",
            "2147483648",
            "-2147483648",
            "4294967295",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "1e308",
            "1e309",
            "-1e309",
            "1e-400",
            "1e999999999",
            "0.1",
            "0.5",
            "NaN",
            "Infinity",
            ".inf",
            ".nan",
            "0x7fffffff",
            "0o17",
            "01",
            "1_000",
            "1".repeat(400),
            "1".repeat(1001),
            "0." + "3".repeat(1001),
            "1e" + "9".repeat(30));

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "true",
            "~",
            "[",
            "]",
            "{",
            "}",
            "{}",
            "[]",
            "\"",
            "'",
            ":",
            ",",
            "-",
            "- ",
            "? ",
            "|",
            ">",
            "&a",
            "*a",
            "!!",
            "!!binary",
            "!!set",
            "!!python/object:x",
            "!function a.b",
            "<<",
            "<<: *a",
            "---",
            "...",
            "%YAML 9.9",
            "#",
            "\n",
            "\r",
            "\t",
            "\0",
            "\u0001",
            "\u007f",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\u00a0",
            "\u200b",
            "é",
            "😀",
            "\ud800",
            "\\",
            "\\u0000",
            "\\ud800",
            "\\x00",
            "..",
            "../..",
            "../../../etc/passwd",
            "/",
            "/etc/passwd",
            "/dev/zero",
            "file://",
            "file:///etc/passwd",
            "file://x.py",
            "C:\\x",
            "a/b",
            "con",
            ".",
            "*",
            "**",
            "?",
            "**/*",
            "[a",
            "{a,b",
            "{{",
            "}}",
            "{{ x }}",
            "{{ x",
            "{% for i in range(10**9) %}",
            "{%",
            "%}",
            "{# ",
            "(a+)+$",
            "(",
            "(?<",
            "a{99999999}",
            "\\k<a>",
            "[^]",
            "$",
            "$ref",
            "#/a",
            "__proto__",
            "constructor",
            "<|im_end|>",
            "</s>",
            "▁",
            "=",
            "@",
            "`");

    private final SplittableRandom random;
    private final List<byte[]> seeds;

    Mutator(long seed, List<byte[]> seeds) {
        this.random = new SplittableRandom(seed);
        this.seeds = seeds;
    }

    /** The next damaged input. */
    byte[] next() {
        byte[] input = seed();
        if (random.nextInt(EXPLOSION) == 0) {
            return exploded(input);
        }
        boolean structured = random.nextInt(2) == 0;
        byte[] changed = structured ? new TreeMutator(random).mutate(input) : null;
        if (changed != null && random.nextInt(4) != 0) {
            return changed;
        }
        input = changed == null ? input : changed;
        for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
            input = random.nextInt(3) == 0 ? bytes(input) : text(input);
        }
        return input;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] bytes(byte[] input) {
        if (input.length == 0) {
            return seed();
        }
        int at = random.nextInt(input.length);
        int length = Math.min(input.length - at, 1 + random.nextInt(random.nextInt(8) == 0 ? input.length : 16));
        return switch (random.nextInt(7)) {
            case 0 -> {
                input[at] ^= (byte) (1 << random.nextInt(8));
                yield input;
            }
            case 1 -> {
                input[at] = (byte) random.nextInt(256);
                yield input;
            }
            case 2 -> Arrays.copyOf(input, at);
            case 3 -> spliced(input, at, new byte[0], at + length);
            case 4 -> spliced(input, at, Arrays.copyOfRange(input, at, at + length), at);
            case 5 -> {
                byte[] other = seed();
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                yield spliced(input, at, Arrays.copyOfRange(other, from, other.length), input.length);
            }
            default -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                yield spliced(input, at, noise, at + length);
            }
        };
    }

    private byte[] text(byte[] input) {
        // One byte a character, so that nothing but what is meant changes.
        String text = new String(input, StandardCharsets.ISO_8859_1);
        return switch (random.nextInt(6)) {
            case 0 -> replaced(text, NUMBER, pick(NUMBERS));
            case 1 -> replaced(text, WORD, pick(TEXTS));
            case 2 -> replaced(text, WORD, pick(NUMBERS));
            case 3 -> lines(text);
            default -> {
                int at = random.nextInt(input.length + 1);
                yield spliced(input, at, pick(TEXTS).getBytes(StandardCharsets.UTF_8), at);
            }
        };
    }

    private byte[] replaced(String text, Pattern pattern, String with) {
        List<MatchResult> found = pattern.matcher(text).results().toList();
        byte[] input = text.getBytes(StandardCharsets.ISO_8859_1);
        if (found.isEmpty()) {
            return input;
        }
        MatchResult match = found.get(random.nextInt(found.size()));
        return spliced(input, match.start(), with.getBytes(StandardCharsets.UTF_8), match.end());
    }

    /** Lines doubled, dropped, exchanged or indented otherwise: damage that YAML, JSONL and CSV feel. */
    private byte[] lines(String text) {
        String[] lines = text.split("\n", -1);
        int at = random.nextInt(lines.length);
        int other = random.nextInt(lines.length);
        switch (random.nextInt(5)) {
            case 0 -> lines[at] = "";
            case 1 -> lines[at] = lines[at] + "\n" + lines[at];
            case 2 -> {
                String line = lines[at];
                lines[at] = lines[other];
                lines[other] = line;
            }
            case 3 -> lines[at] = "  ".repeat(random.nextInt(4)) + lines[at];
            default -> lines[at] = lines[at].strip();
        }
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] exploded(byte[] input) {
        int size = List.of(2_000, 60_000, 1_000_000).get(random.nextInt(3));
        String deep = pick(List.of(
                "[", "{\"a\":", "- ", "? ", "{{ (", "((", "{%if 1%}", "<a>", "!", "&a ", "  ", "9", "\"", "\\"));
        String text = deep.repeat(size / deep.length());
        int at = random.nextInt(input.length + 1);
        return switch (random.nextInt(3)) {
            case 0 -> text.getBytes(StandardCharsets.UTF_8);
            case 1 -> spliced(input, at, text.getBytes(StandardCharsets.UTF_8), at);
            default -> replaced(new String(input, StandardCharsets.ISO_8859_1), WORD, "\"" + "x".repeat(size) + "\"");
        };
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static byte[] spliced(byte[] input, int from, byte[] with, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + with.length);
        out.write(input, 0, from);
        out.writeBytes(with);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }
}
