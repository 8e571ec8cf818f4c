package io.github.ftmaven.plugin.stamp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.io.IOException;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A spec, defaults included, as flat text fields: {@code training.learningRate} is {@code 2.0E-4}. */
final class SpecFields {
    private static final JsonMapper MAPPER = Json.builder()
            .addModule(new SimpleModule().addSerializer(new YamlWords()))
            .build();

    private final SortedMap<String, String> fields = new TreeMap<>();

    SpecFields(FineTuneSpec spec) {
        flatten("", MAPPER.valueToTree(spec));
    }

    /** The fields of a section or, by its full name, one field. */
    SortedMap<String, String> under(String name) {
        SortedMap<String, String> under = new TreeMap<>(fields.subMap(name + ".", name + "/"));
        if (fields.containsKey(name)) {
            under.put(name, fields.get(name));
        }
        return under;
    }

    private void flatten(String name, JsonNode value) {
        if (value.isObject()) {
            value.forEachEntry((key, child) -> flatten(name.isEmpty() ? key : name + "." + key, child));
        } else {
            boolean plain =
                    value.isTextual() && !name.startsWith("dataset.templateArguments."); // there "false" is not false
            fields.put(name, value.isNull() ? "absent" : plain ? value.textValue() : value.toString());
        }
    }

    /** Enum constants as the spec's YAML writes them. */
    private static final class YamlWords extends StdSerializer<Enum<?>> {
        private static final long serialVersionUID = 1L;

        YamlWords() {
            super(Enum.class, false);
        }

        @Override
        public void serialize(Enum<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
