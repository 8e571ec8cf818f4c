package io.github.ftmaven.runtime.template;

import java.math.BigInteger;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template can use. */
final class Globals {
    private static final long LONGEST_RANGE = 100_000; // as in Jinja's sandbox

    private Globals() {}

    static void define(Scope scope, Clock clock) {
        scope.set("range", (Callable) Globals::range);
        scope.set("dict", (Callable) Globals::dictionary);
        scope.set("namespace", (Callable) arguments -> new Namespace(dictionary(arguments)));
        scope.set("cycler", (Callable) Globals::cycler);
        scope.set("joiner", (Callable) Globals::joiner);
        scope.set("raise_exception", (Callable) arguments -> {
            throw new TemplateException(arguments.text(0, "message", ""), true);
        });
        scope.set("strftime_now", (Callable)
                arguments -> Strftime.format(ZonedDateTime.now(clock), arguments.text(0, "format", "")));
    }

    private static Object range(Arguments arguments) {
        List<Object> bounds = arguments.positional();
        long start = bounds.size() < 2 ? 0 : Python.integer(bounds.get(0));
        long stop = Python.integer(bounds.size() < 2 ? arguments.get(0, "stop") : bounds.get(1));
        long step = bounds.size() < 3 ? 1 : Python.integer(bounds.get(2));
        if (step == 0) {
            throw new TemplateException("range() arg 3 must not be zero");
        }
        BigInteger span = BigInteger.valueOf(stop).subtract(BigInteger.valueOf(start));
        BigInteger[] steps = span.divideAndRemainder(BigInteger.valueOf(step));
        boolean empty = span.signum() != Long.signum(step);
        BigInteger size = empty ? BigInteger.ZERO : steps[0].add(BigInteger.valueOf(Math.abs(steps[1].signum())));
        if (size.compareTo(BigInteger.valueOf(LONGEST_RANGE)) > 0) {
            throw new TemplateException("a range may have at most " + LONGEST_RANGE + " items");
        }
        return new PythonRange(start, stop, step, size.intValueExact());
    }

    private static Map<Object, Object> dictionary(Arguments arguments) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object source : arguments.positional()) {
            if (source instanceof Map<?, ?> entries) {
                Budget.entries(entries.size());
                map.putAll(entries);
            } else {
                for (Object pair : Python.items(source)) {
                    Budget.entries(1);
                    List<Object> parts = Python.items(pair);
                    if (parts.size() != 2) {
                        throw new TemplateException("a pair of a dict has " + parts.size() + " items");
                    }
                    map.put(Lookup.key(map, parts.get(0)), parts.get(1));
                }
            }
        }
        Budget.entries(arguments.named().size());
        map.putAll(arguments.named());
        return map;
    }

    private static Cycler cycler(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            throw new TemplateException("at least one item has to be provided");
        }
        return new Cycler(arguments.positional());
    }

    private static Callable joiner(Arguments arguments) {
        String separator = arguments.text(0, "sep", ", ");
        boolean[] used = {false};
        return ignored -> {
            String text = used[0] ? separator : "";
            used[0] = true;
            return text;
        };
    }
}
