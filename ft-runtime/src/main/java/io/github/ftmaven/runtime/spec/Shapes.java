package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.Shape.Section;
import io.github.ftmaven.runtime.spec.Shape.Word;
import io.github.ftmaven.runtime.yaml.Yaml;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Derives shapes from the records: types, annotations, and which keys have a default. */
final class Shapes {
    private static final Shape TEXT = new Shape.Text("text", "texts");
    private static final Shape PATH = new Shape.Text("a path", "paths");
    private static final Shape PATHS = new Shape.Items(PATH, false);

    private Shapes() {}

    /**
     * The mapping that a record is read from.
     *
     * @param defaults the defaults of its keys; null where none apply, as in an entry of a list
     */
    static Section of(Class<?> type, @Nullable Node defaults) {
        List<Shape.Key> keys = keys(type, defaults);
        Alternatives alternatives = type.getAnnotation(Alternatives.class);
        return new Section(
                keys,
                alternatives == null
                        ? List.of()
                        : Arrays.stream(alternatives.value())
                                .map(group -> List.of(group.value()))
                                .toList());
    }

    private static List<Shape.Key> keys(Class<?> type, @Nullable Node defaults) {
        List<Shape.Key> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Inline.class)) {
                keys.addAll(keys(component.getType(), defaults));
            } else {
                keys.add(key(component, child(defaults, component.getName())));
            }
        }
        return keys;
    }

    private static Shape.Key key(RecordComponent component, @Nullable Node defaultValue) {
        Doc doc = component.getAnnotation(Doc.class);
        if (doc == null || !doc.value().endsWith(".")) {
            throw new IllegalStateException(component + " has no @Doc that is a sentence");
        }
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        Shape shape = shape(component, component.getGenericType(), defaultValue);
        boolean required =
                !optional && (shape instanceof Section section ? section.isRequired() : defaultValue == null);
        return new Shape.Key(component.getName(), shape, doc.value(), required, optional && defaultValue != null);
    }

    private static Shape shape(RecordComponent component, Type type, @Nullable Node defaultValue) {
        Range range = Range.of(component.getAnnotation(Bounds.class));
        if (type == String.class) {
            return TEXT;
        } else if (type == boolean.class) {
            return new Shape.Switch();
        } else if (type == int.class || type == Integer.class) {
            return new Shape.Whole(range, Integer.MAX_VALUE);
        } else if (type == long.class || type == Long.class) {
            return new Shape.Whole(range, Long.MAX_VALUE);
        } else if (type == double.class || type == Double.class) {
            return new Shape.Decimal(range);
        } else if (type == HeldOut.class) {
            return new Shape.Either(List.of(new Shape.Decimal(range), PATH, PATHS, of(HeldOut.Keys.class, null)));
        } else if (type == Targets.class) {
            return new Shape.Either(List.of(
                    new Word(List.of(Targets.ALL_LINEAR)),
                    new Shape.Regex(),
                    new Shape.Items(new Word(Targets.MODULES), false)));
        } else if (type == Baseline.class) {
            return new Shape.Either(List.of(new Word(List.of(Baseline.WORD)), of(Baseline.Keys.class, null)));
        } else if (type == HarnessTask.class) {
            return new Shape.Either(List.of(PATH, of(HarnessTask.Keys.class, null)));
        } else if (component.isAnnotationPresent(Paths.class)) {
            return new Shape.Either(List.of(PATH, PATHS));
        } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            Shape element = shape(component, list.getActualTypeArguments()[0], null);
            return new Shape.Items(element, component.isAnnotationPresent(MayBeEmpty.class));
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return new Shape.Values(map.getActualTypeArguments()[1] == JsonNode.class);
        } else if (type instanceof Class<?> word && word.isEnum()) {
            return new Word(Arrays.stream(word.getEnumConstants())
                    .map(constant -> SpecWords.word((Enum<?>) constant))
                    .toList());
        } else if (type instanceof Class<?> section && section.isRecord()) {
            return of(section, defaultValue);
        }
        throw new IllegalStateException(component + ": no shape for " + type);
    }

    private static @Nullable Node child(@Nullable Node mapping, String name) {
        return mapping instanceof MappingNode node ? Yaml.child(node, name) : null;
    }
}
