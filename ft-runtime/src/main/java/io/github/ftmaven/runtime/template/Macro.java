package io.github.ftmaven.runtime.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A macro: a function that returns its body's output. */
record Macro(String name, List<Parameter> parameters, Set<String> used, Statement body, Frame defined)
        implements Callable {
    /** A parameter; without a default it is required. */
    record Parameter(String name, Optional<Expression> fallback) {}

    /** The attributes that templates can read. */
    Object attribute(String wanted) {
        return switch (wanted) {
            case "name" -> name.equals("caller") ? None.NONE : name;
            case "arguments" ->
                new Tuple(parameters.stream().<Object>map(Parameter::name).toList());
            case "catch_kwargs" -> used.contains("kwargs");
            case "catch_varargs" -> used.contains("varargs");
            case "caller" -> used.contains("caller");
            default -> Lookup.missing(this, wanted);
        };
    }

    @Override
    public Object call(Arguments arguments) {
        Frame frame = defined.capturing();
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            Object value;
            if (i < arguments.positional().size()) {
                value = arguments.positional().get(i);
            } else if (named.containsKey(parameter.name())) {
                value = named.get(parameter.name());
            } else {
                value = parameter.fallback().isPresent()
                        ? parameter.fallback().get().evaluate(frame)
                        : new Undefined("parameter '" + parameter.name() + "' was not provided: it");
            }
            named.remove(parameter.name());
            frame.scope().set(parameter.name(), value);
        }
        Object caller = named.remove("caller");
        frame.scope().set("caller", caller == null ? new Undefined("'caller'") : caller);
        int given = arguments.positional().size();
        if (given > parameters.size() && !used.contains("varargs")) {
            throw new TemplateException("macro '" + name + "' takes not more than " + parameters.size() + " arguments");
        }
        if (!named.isEmpty() && !used.contains("kwargs")) {
            throw new TemplateException("macro '" + name + "' takes no keyword argument '"
                    + named.keySet().iterator().next() + "'");
        }
        frame.scope()
                .set(
                        "varargs",
                        new Tuple(new ArrayList<>(
                                arguments.from(parameters.size()).positional())));
        frame.scope().set("kwargs", new LinkedHashMap<Object, Object>(named));
        frame.run().budget.enter();
        body.run(frame);
        frame.run().budget.leave();
        return frame.out().toString();
    }
}
