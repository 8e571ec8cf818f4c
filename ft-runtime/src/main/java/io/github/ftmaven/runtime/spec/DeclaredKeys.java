package io.github.ftmaven.runtime.spec;

import io.github.ftmaven.runtime.yaml.Yaml;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The keys that a spec's file sets, as opposed to those that keep their defaults. */
public final class DeclaredKeys {
    private DeclaredKeys() {}

    /**
     * The paths of all keys in a file, such as {@code training} and {@code training.seed}.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if the file cannot be read as YAML
     */
    public static Set<String> of(Path file) {
        Set<String> keys = new TreeSet<>();
        collect(Yaml.parse(SpecReader.bytes(file, file.toString()), file.toString()), "", keys);
        return keys;
    }

    private static void collect(@Nullable Node node, String path, Set<String> keys) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    String name = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                    keys.add(name);
                    collect(entry.getValueNode(), name, keys);
                }
            }
        }
    }
}
