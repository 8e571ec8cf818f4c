package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Jackson between the records and the values as YAML writes them. */
final class SpecMapper {
    static final JsonMapper MAPPER = Json.builder()
            .annotationIntrospector(new HyphenatedEnums())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private static final Pattern WORDS = Pattern.compile("_(?!\\d)|(?<!\\d)_");

    private SpecMapper() {}

    /** An enum constant as YAML writes it: {@code MACRO_F1} is {@code macro-f1}, and {@code Q8_0} is {@code q8_0}. */
    static String word(Enum<?> constant) {
        String name = constant.name().toLowerCase(Locale.ROOT);
        return name.indexOf('_') < 0 ? name : WORDS.matcher(name).replaceAll("-");
    }

    /** The texts of a list, or the one text. */
    static List<String> texts(JsonNode value) {
        return value.isTextual()
                ? List.of(value.textValue())
                : StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList();
    }

    private static final class HyphenatedEnums extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public String[] findEnumValues(
                MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
            for (int i = 0; i < constants.length; i++) {
                names[i] = word(constants[i]);
            }
            return names;
        }
    }
}
