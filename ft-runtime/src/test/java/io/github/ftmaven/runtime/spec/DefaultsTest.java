package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.Shape.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    @Test
    void everyDefaultIsBound() {
        SortedMap<String, String> expected = new TreeMap<>(FlatSpec.flatten(Defaults.values()));
        assertThat(expected).hasSizeGreaterThan(20);
        expected.putAll(Map.of(
                "base.model", "models/tiny",
                "dataset.train[0]", "data/train.jsonl",
                "dataset.test[0]", "data/test.jsonl"));
        assertThat(FlatSpec.flatten(GoodSpecTest.read("minimal"))).isEqualTo(expected);
    }

    @Test
    void everyKeyButThreeHasADefault() {
        List<String> without = new ArrayList<>();
        collectRequired(Defaults.SHAPE, "", without);
        assertThat(without).containsExactly("base.model", "dataset.train", "dataset.test");
    }

    @Test
    void everyKeyIsListed() {
        List<String> unlisted = new ArrayList<>();
        collectUnlisted(Defaults.SHAPE, Defaults.values(), "", unlisted);
        assertThat(unlisted).containsExactly("base.model", "dataset.train", "dataset.test");
    }

    private static void collectRequired(Section section, String prefix, List<String> paths) {
        for (Shape.Key key : section.keys()) {
            if (key.required() && key.shape() instanceof Section inner) {
                collectRequired(inner, prefix + key.name() + ".", paths);
            } else if (key.required()) {
                paths.add(prefix + key.name());
            }
        }
    }

    private static void collectUnlisted(Section section, JsonNode defaults, String prefix, List<String> paths) {
        for (Shape.Key key : section.keys()) {
            if (!defaults.has(key.name())) {
                paths.add(prefix + key.name());
            } else if (key.shape() instanceof Section inner
                    && defaults.get(key.name()).isObject()) {
                collectUnlisted(inner, defaults.get(key.name()), prefix + key.name() + ".", paths);
            }
        }
    }
}
