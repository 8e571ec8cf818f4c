package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Shape.Section;
import io.github.ftmaven.runtime.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.snakeyaml.engine.v2.nodes.Node;

/** The resource {@code defaults.yaml}, and the shape of a spec, derived from it and the records. */
final class Defaults {
    private static final String RESOURCE = "defaults.yaml";
    private static final Node NODE = load();

    /** What a spec may hold. */
    static final Section SHAPE = Shapes.of(FineTuneSpec.class, NODE);

    private static final ObjectNode VALUES = read();

    private Defaults() {}

    /** The default of every key that has one. */
    static ObjectNode values() {
        return VALUES.deepCopy();
    }

    /** Fills in the defaults that {@code given} does not set. Lists and alternatives are replaced whole. */
    static ObjectNode under(ObjectNode given) {
        return merge(values(), given);
    }

    private static ObjectNode merge(ObjectNode below, ObjectNode above) {
        above.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            boolean both = value instanceof ObjectNode && below.get(entry.getKey()) instanceof ObjectNode;
            below.set(entry.getKey(), both ? merge((ObjectNode) below.get(entry.getKey()), (ObjectNode) value) : value);
        });
        return below;
    }

    private static Node load() {
        try (InputStream in = Defaults.class.getResourceAsStream(RESOURCE)) {
            byte[] bytes = Objects.requireNonNull(in, RESOURCE).readAllBytes();
            return Objects.requireNonNull(Yaml.parse(bytes, RESOURCE), RESOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode read() {
        Problems problems = new Problems(RESOURCE);
        ObjectNode values = new NodeReader(SHAPE, problems).read(NODE, SHAPE);
        try {
            problems.throwIfAny();
        } catch (InvalidInputException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }
}
