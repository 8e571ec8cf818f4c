package io.github.ftmaven.runtime.template;

import java.util.HashMap;
import java.util.Map;

/** The maximum number of arguments of filters, tests and string methods, not counting the value itself. */
final class Signatures {
    private static final Map<String, Integer> FILTERS = most(
            "abs 0, attr 1, batch 2, capitalize 0, center 1, count 0, d 2, default 2, dictsort 3, e 0, escape 0, first 0,"
                    + " float 1, forceescape 0, groupby 3, indent 3, int 2, items 0, join 2, last 0, length 0, list 0,"
                    + " lower 0, max 2, min 2, pprint 0, replace 3, reverse 0, round 2, safe 0, slice 2, sort 3, string 0,"
                    + " striptags 0, sum 2, title 0, tojson 4, trim 1, truncate 4, unique 2, upper 0, urlencode 0,"
                    + " wordcount 0");

    private static final Map<String, Integer> TESTS = most("== 1, != 1, < 1, <= 1, > 1, >= 1, divisibleby 1, eq 1,"
            + " equalto 1, ge 1, greaterthan 1, gt 1, in 1, le 1, lessthan 1, lt 1, ne 1, sameas 1");

    private static final Map<String, Integer> METHODS =
            most("center 2, count 3, endswith 3, expandtabs 1, find 3, index 3, join 1, ljust 2, lstrip 1, partition 1,"
                    + " removeprefix 1, removesuffix 1, replace 3, rfind 3, rindex 3, rjust 2, rpartition 1, rsplit 2,"
                    + " rstrip 1, split 2, splitlines 1, startswith 3, strip 1, zfill 1");

    private Signatures() {}

    private static Map<String, Integer> most(String table) {
        Map<String, Integer> most = new HashMap<>();
        for (String entry : table.split(", ", -1)) {
            int space = entry.indexOf(' ');
            most.put(entry.substring(0, space), Integer.valueOf(entry.substring(space + 1)));
        }
        return most;
    }

    /** Rejects surplus arguments; unlisted filters take any number. */
    static void checkFilter(String name, Arguments arguments) {
        check(name, FILTERS.getOrDefault(name, Integer.MAX_VALUE), arguments);
    }

    static void checkTest(String name, Arguments arguments) {
        check(name, TESTS.getOrDefault(name, 0), arguments);
    }

    static void checkMethod(String name, Arguments arguments) {
        check(name, name.equals("format") ? Integer.MAX_VALUE : METHODS.getOrDefault(name, 0), arguments);
    }

    private static void check(String name, int most, Arguments arguments) {
        if (arguments.size() > most) {
            throw new TemplateException("'" + name + "' takes "
                    + (most == 0 ? "no argument" : "at most " + most + (most == 1 ? " argument" : " arguments"))
                    + ", but "
                    + arguments.size() + " were given");
        }
    }
}
