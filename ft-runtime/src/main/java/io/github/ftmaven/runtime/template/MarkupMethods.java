package io.github.ftmaven.runtime.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The methods of marked text: they work like those of strings, but escape the texts that they add and return marked
 * text.
 */
final class MarkupMethods {
    private static final Set<String> MARKED = Set.of(
            "capitalize",
            "casefold",
            "center",
            "expandtabs",
            "join",
            "ljust",
            "lower",
            "lstrip",
            "partition",
            "removeprefix",
            "removesuffix",
            "replace",
            "rjust",
            "rpartition",
            "rsplit",
            "rstrip",
            "split",
            "splitlines",
            "strip",
            "swapcase",
            "title",
            "upper",
            "zfill");

    private MarkupMethods() {}

    static boolean has(String name) {
        return StringMethods.has(name) || name.equals("striptags") || name.equals("unescape");
    }

    static Object call(Markup marked, String name, Arguments arguments) {
        Budget.call(marked, arguments);
        return Budget.made(result(marked, name, arguments));
    }

    private static Object result(Markup marked, String name, Arguments arguments) {
        String text = marked.text();
        return switch (name) {
            case "striptags" -> Markup.withoutTags(text);
            case "unescape" -> Markup.unescaped(text);
            case "format" -> new Markup(Formatting.braces(text, arguments, true));
            case "join" -> join(text, arguments);
            case "replace" -> marked(StringMethods.call(text, name, escaped(arguments, 1, "new")));
            case "center", "ljust", "rjust" ->
                marked(StringMethods.call(text, name, escaped(arguments, 1, "fillchar")));
            default -> {
                Object result = StringMethods.call(text, name, arguments);
                yield MARKED.contains(name) ? marked(result) : result;
            }
        };
    }

    private static Markup join(String separator, Arguments arguments) {
        Text joined = new Text();
        boolean first = true;
        for (Object item : Python.items(arguments.get(0, "iterable"))) {
            joined.append(first ? "" : separator).append(Markup.escape(item).text());
            first = false;
        }
        return new Markup(joined.toString());
    }

    private static Arguments escaped(Arguments arguments, int index, String name) {
        List<Object> positional = new ArrayList<>(arguments.positional());
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        if (index < positional.size()) {
            positional.set(index, Markup.escape(positional.get(index)).text());
        } else if (named.containsKey(name)) {
            named.put(name, Markup.escape(named.get(name)).text());
        }
        return new Arguments(positional, named);
    }

    private static Object marked(Object result) {
        if (result instanceof String text) {
            return new Markup(text);
        }
        if (result instanceof Tuple tuple) {
            return new Tuple(tuple.items().stream().map(MarkupMethods::marked).toList());
        }
        return result instanceof List<?> list
                ? list.stream().map(item -> marked((Object) item)).toList()
                : result;
    }
}
