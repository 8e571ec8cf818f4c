package io.github.ftmaven.plugin.stamp;

import io.github.ftmaven.runtime.files.Digests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All inputs that a stage's result depends on, as named text values.
 *
 * @param fields values such as {@code training.learningRate}, and SHA-256 digests under {@code file <path>}
 */
public record Stamp(SortedMap<String, String> fields) {
    private static final String FILE = "file ";

    /** Copies the fields. */
    public Stamp {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** The name of a field that holds a file's digest. */
    static String file(String path) {
        return FILE + path;
    }

    /** A field's name in messages. */
    public static String shown(String name) {
        return name.startsWith(FILE) ? name.substring(FILE.length()) : name;
    }

    /** SHA-256 of all fields. Equal stamps have equal keys. */
    public String key() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            // Lengths make the text unambiguous.
            text.append(field.getKey().length()).append(' ').append(field.getKey());
            text.append(field.getValue().length()).append(' ').append(field.getValue());
        }
        return Digests.sha256(text.toString());
    }

    /** The stamp without some of its fields. */
    public Stamp without(Predicate<String> names) {
        SortedMap<String, String> rest = new TreeMap<>(fields);
        rest.keySet().removeIf(names);
        return new Stamp(rest);
    }

    /** The differences from an earlier stamp, sorted by name: {@code training.epochs 3.0 -> 5.0}. */
    public List<String> changesSince(Stamp earlier) {
        List<String> changes = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(earlier.fields.keySet());
        names.addAll(fields.keySet());
        for (String name : names) {
            String before = earlier.fields.get(name);
            String after = fields.get(name);
            if (before == null || after == null || !before.equals(after)) {
                changes.add(change(name, before == null ? "absent" : before, after == null ? "absent" : after));
            }
        }
        return changes;
    }

    /** Omits digests, which say nothing to a reader, but says whether a file was added or removed. */
    private static String change(String name, String before, String after) {
        if (!name.startsWith(FILE)) {
            return name + " " + before + " -> " + after;
        }
        String path = shown(name);
        if (before.equals("absent")) {
            return path + " (new)";
        }
        return after.equals("absent") ? path + " (gone)" : path;
    }
}
