package io.github.ftmaven.runtime.template;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random expressions over every filter, method, test, operator and global, of harmless or of hostile values. */
final class Expressions {
    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "2",
            "3",
            "7",
            "10",
            "42",
            "255",
            "2147483648",
            "9223372036854775807",
            "(-9223372036854775807 - 1)",
            "18446744073709551616",
            "10**30",
            "0.0",
            "-0.0",
            "0.5",
            "1.5",
            "-2.75",
            "1e16",
            "1e-7",
            "1e308",
            "123456.789",
            "true",
            "false",
            "none",
            "nothing",
            "''",
            "'a'",
            "'abc'",
            "' x  y '",
            "'Hello, World'",
            "'hello world foo'",
            "'é'",
            "'𝄞'",
            "'ß'",
            "'İı'",
            "'a\\nb\\r\\nc\\n'",
            "'a\\tb'",
            "'<b>x &amp; y</b> <!-- c -->'",
            "'{}'",
            "'{0}-{1}'",
            "'{:>8}'",
            "'{0[0]}'",
            "'%s'",
            "'%d'",
            "'%5.2f|%-4s'",
            "'%x'",
            "'42'",
            "'-3.5'",
            "'0x1F'",
            "'1e3'",
            "'١٢'",
            "'a.b'",
            "'name'",
            "'a,b,,c'",
            "'\\u00a0z\\u2003'",
            "'upper'",
            "'=='",
            "'odd'",
            "[]",
            "[1]",
            "[3, 1, 2]",
            "['b', 'A', 'c', 'a']",
            "[1, 'a', none, 2.5]",
            "[[1, 2], [3]]",
            "[[2, 'x'], [1, 'y']]",
            "(1, 2)",
            "()",
            "('a',)",
            "{}",
            "{'a': 1}",
            "{'b': 2, 'a': [1]}",
            "{1: 'x', none: 'y'}",
            "[{'name': 'x', 'n': 2}, {'name': 'Y', 'n': 1}]",
            "{'name': {'a': 'q'}}",
            "range(5)",
            "range(3, 0, -1)",
            "('<i>'|safe)",
            "('a&b'|e)",
            "(['x', 'y']|map('upper'))",
            "l",
            "d",
            "s",
            "n");

    private static final List<String> HOSTILE = List.of(
            "('x' * 3000000)",
            "(' ' * 2000000)",
            "('ab' * 1000000)",
            "('<' * 1000000)",
            "('&a' * 500000)",
            "('{' * 100000)",
            "('{}' * 100000)",
            "('%s' * 100000)",
            "('%(' * 100000)",
            "('a\\n' * 500000)",
            "('é' * 500000)",
            "('𝄞' * 300000)",
            "('\\t' * 300000)",
            "('1' * 4300)",
            "('1' * 100000)",
            "('0' * 1000000)",
            "('1_' * 50000)",
            "range(100000)",
            "(range(100000)|list)",
            "([[]] * 300000)",
            "([nothing] * 100)",
            "(2 ** 100000)",
            "(-(2 ** 99999))",
            "(10 ** 4299)",
            "(10 ** 4300)",
            "99999999999999999999999999",
            "1e999",
            "-1e999",
            "(1e999 - 1e999)",
            "([1e999 - 1e999, 1, 2] * 50)",
            "deep",
            "deeper",
            "ladder",
            "pairs",
            "wide",
            "ns",
            "m",
            "loop",
            "cycler(1, 2)",
            "joiner('x')",
            "(wide|map('string'))",
            "(deep|map('list'))",
            "'{0.__class__}'",
            "'{0[99999999999999999999]}'",
            "'{:99999999}'",
            "'{:,.99999999f}'",
            "'%99999999d'",
            "'%.99999999f'",
            "'%*d'",
            "'\\ud800'",
            "'\\x00'",
            "'&#99999999999;'",
            "'&#xFFFFFFF;'",
            "2147483647",
            "-2147483648",
            "4294967297",
            "1000000",
            "100000000",
            "('9' * 400 ~ '.5')",
            "{1.5: 1, true: 2}");

    private static final List<String> METHODS = List.of(
            "items()",
            "keys()",
            "values()",
            "get('a')",
            "get('z', 1)",
            "copy()",
            "count('a')",
            "index('a')",
            "append(1)",
            "pop()",
            "update({})",
            "a",
            "name",
            "0",
            "first",
            "length",
            "current",
            "next()",
            "striptags()",
            "unescape()");

    private static final List<String> GLOBALS =
            List.of("range", "dict", "namespace", "cycler", "joiner", "strftime_now", "lipsum", "m");

    private final SplittableRandom random;
    private final boolean hostile;
    private final List<String> filters = List.copyOf(Filters.names());
    private final List<String> methods = StringMethods.names().stream().sorted().toList();
    private final List<String> tests = Tests.names().stream().sorted().toList();

    Expressions(long seed, boolean hostile) {
        this.random = new SplittableRandom(seed);
        this.hostile = hostile;
    }

    private String one(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** The next template: an expression or a few statements around some. */
    String template() {
        return switch (random.nextInt(12)) {
            case 0 -> "{% for x in " + any(2) + " %}{{ x }},{{ loop.index }};{% else %}none{% endfor %}";
            case 1 -> "{% set x = " + any(2) + " %}{{ x }}|{{ x " + suffix(1) + " }}";
            case 2 -> "{% if " + any(2) + " %}yes{% else %}no{% endif %}";
            case 3 -> "{% filter " + call(filters, 1) + " %}a {{ " + any(1) + " }}{% endfilter %}";
            case 4 -> "{% set a, b = " + any(2) + " %}{{ a }}{{ b }}";
            case 5 -> "{{ (" + any(2) + ")|list|string }}";
            default -> "{{ " + any(3) + " }}";
        };
    }

    private String any(int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return hostile && random.nextInt(3) == 0 ? one(HOSTILE) : one(VALUES);
        }
        String value = "(" + any(depth - 1) + ")";
        return switch (random.nextInt(10)) {
            case 0, 1 -> value + " " + one(Operators.VALUES) + " (" + any(depth - 1) + ")";
            case 2 -> value + " " + one(Operators.COMPARISONS) + " (" + any(depth - 1) + ")";
            case 3 -> value + "[" + bound() + "]";
            case 4 -> random.nextBoolean() ? value + " ~ " + any(0) : one(List.of("not ", "-", "+")) + value;
            case 5 -> value + " " + one(List.of("and", "or")) + " (" + any(depth - 1) + ")";
            case 6 -> random.nextInt(4) == 0 ? call(GLOBALS, depth) : value + " if " + any(0) + " else " + any(0);
            default -> value + suffix(depth);
        };
    }

    private String bound() {
        return random.nextInt(3) == 0 ? any(0) : part() + ":" + part() + (random.nextBoolean() ? ":" + part() : "");
    }

    private String part() {
        return random.nextInt(3) == 0 ? "" : random.nextInt(6) == 0 ? any(0) : String.valueOf(random.nextInt(9) - 4);
    }

    private String suffix(int depth) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> "." + call(methods, depth);
            case 2 -> "." + one(METHODS);
            case 3 -> " is " + (random.nextBoolean() ? "not " : "") + call(tests, depth);
            default -> "|" + call(filters, depth);
        };
    }

    private String call(List<String> names, int depth) {
        String name = one(names);
        boolean word = name.chars().allMatch(c -> Character.isLetter(c) || c == '_');
        if (!word) {
            return "eq(" + any(0) + ")";
        }
        int arguments = random.nextInt(4);
        if (name.matches("map|select|reject|selectattr|rejectattr") && arguments > 0) {
            return name + "("
                    + one(List.of("'name'", "'upper'", "'odd'", "'n'", "attribute='name'", "'list'", "'string'"))
                    + (arguments > 1 ? ", " + any(0) : "") + ")";
        }
        return name + "("
                + String.join(
                        ", ",
                        IntStream.range(0, arguments)
                                .mapToObj(i -> any(depth / 2))
                                .toList())
                + ")";
    }
}
