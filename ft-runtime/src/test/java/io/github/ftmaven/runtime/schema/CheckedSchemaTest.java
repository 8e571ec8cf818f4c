package io.github.ftmaven.runtime.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.script.JavaScript;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedSchemaTest {
    private final JavaScript scripts = new JavaScript(Duration.ofSeconds(60));

    @AfterEach
    void stop() {
        scripts.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'typ': 'object'} | :1:2: unknown keyword 'typ' in draft 2020-12. Did you mean 'type'?",
                "{'properties': {'a': {'requierd': ['b']}}} | :1:23: unknown keyword 'requierd' in draft 2020-12. Did you mean 'required'?",
                "{'$schema': 'http://json-schema.org/draft-04/schema#', 'const': 1} | :1:56: unknown keyword 'const' in draft 4.",
                "{'$schema': 'http://json-schema.org/draft-03/schema#'} | :1:2: unknown '$schema' 'http://json-schema.org/draft-03/schema#'. Supported are: http://json-schema.org/draft-04/schema#, http://json-schema.org/draft-06/schema#, http://json-schema.org/draft-07/schema#, https://json-schema.org/draft/2019-09/schema, https://json-schema.org/draft/2020-12/schema.",
                "{'items': {'$schema': 'http://json-schema.org/draft-07/schema#'}} | :1:12: '$schema' is possible only at the top.",
                "{'format': 'dat'} | :1:2: unknown format 'dat'. Did you mean 'date'? Supported are: date, time, ",
                "{'$ref': 'https://example.com/a.json'} | :1:2: '$ref': 'https://example.com/a.json' points outside this file, and no schema is downloaded. Copy it into '$defs'.",
                "{'$ref': 'file:///etc/passwd'} | points outside this file",
                "{'$ref': 'classpath:draft-04/schema'} | points outside this file",
                "{'$schema': 'http://json-schema.org/draft-07/schema#', 'items': {'$ref': 'a.json#/b'}} | :1:66: '$ref': 'a.json#/b' points outside this file, and no schema is downloaded. Copy it into 'definitions'.",
                "{'$ref': 'http://['} | :1:2: '$ref': 'http://[' is not a URI reference.",
                "{'$id': 'http://['} | :1:2: 'http://[' is not a URI reference.",
                "{'$ref': '#/$defs/none'} | :1:2: '$ref': '#/$defs/none' points to nothing that is a schema.",
                "{'$ref': '#none'} | :1:2: '$ref': '#none' points to nothing that is a schema.",
                "{'$ref': '#/properties', 'properties': {}} | :1:2: '$ref': '#/properties' points to nothing that is a schema.",
                "{'$ref': '#'} | : checking an answer follows more than 2000 references into each other.",
                "{'allOf': [{'$ref': '#/$defs/a'}], '$defs': {'a': {'not': {'$ref': '#/$defs/a'}}}} | : checking an answer follows more than 2000 references into each other.",
                "{'$schema': 'http://json-schema.org/draft-07/schema#', '$ref': '#/definitions/a', 'minLength': 3, 'definitions': {'a': {}}} | :1:83: 'minLength' has no effect beside '$ref' in draft 7. Put both into 'allOf'.",
                "{'pattern': '('} | :1:2: the pattern '(' is not valid in ECMA-262: expecting ')'.",
                "{'patternProperties': {'[': {}}} | :1:24: the pattern '[' is not valid in ECMA-262: ",
                "{'type': 'objct'} | :1:2: '/type' is not valid in draft 2020-12: does not have a value in the enumeration ",
                "{'minimum': '1'} | :1:2: '/minimum' is not valid in draft 2020-12: string found, number expected.",
                "[] | :1:1: the schema is not valid in draft 2020-12: array found, [object, boolean] expected.",
                "{'$schema': 'http://json-schema.org/draft-04/schema#', '$ref': 3} | :1:56: '$ref' must be a text.",
                "{'$schema': 'https://json-schema.org/draft/2019-09/schema', '$recursiveRef': '#a'} | :1:61: '$recursiveRef' must be '#'.",
                "{'minimum': 1e4294967296} | : it contains a number beyond the range of numbers.",
                "{'minimum': 1e400} | : it contains a number beyond the range of numbers.",
                "{'type': 'null', 'type': 'null'} | :1:24: not valid JSON: duplicate key 'type'.",
            })
    void whatWouldHaveNoEffectIsAnError(String schema, String message) {
        assertThatThrownBy(() -> schema(schema))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a.json")
                .hasMessageContaining(message);
    }

    @Test
    void withoutASchemaOfSchemasItIsTheNewestDraft() {
        CheckedSchema schema = schema("{'prefixItems': [{'type': 'string'}], 'items': false}");
        assertThat(schema.accepts("[\"a\"]")).isTrue();
        assertThat(schema.accepts("[\"a\", 1]")).isFalse();
    }

    @Test
    void formatsCountInEveryDraft() {
        for (Draft draft : Draft.values()) {
            CheckedSchema schema = schema("{'$schema': '" + draft.uri() + "', 'format': 'email'}");
            assertThat(schema.accepts("\"a@example.com\"")).as(draft.title()).isTrue();
            assertThat(schema.accepts("\"a\"")).as(draft.title()).isFalse();
            assertThat(schema.accepts("3")).as(draft.title()).isTrue();
        }
    }

    @Test
    void theSchemaOfSchemasCanBeReferredTo() {
        for (Draft draft : Draft.values()) {
            CheckedSchema schema =
                    schema("{'$schema': '" + draft.uri() + "', 'items': {'$ref': '" + draft.uri() + "'}}");
            assertThat(schema.accepts("[{\"minLength\": 1}]")).as(draft.title()).isTrue();
            assertThat(schema.accepts("[{\"minLength\": -1}]"))
                    .as(draft.title())
                    .isFalse();
        }
    }

    @Test
    void patternsAreThoseOfJavaScript() {
        assertThat(schema("{'pattern': '^\\\\u{1F600}$'}").accepts("\"😀\"")).isTrue();
        assertThat(schema("{'pattern': '^.$'}").accepts("\"😀\"")).isTrue();
        assertThat(schema("{'pattern': '^a$'}").accepts("\"a\\n\"")).isFalse(); // Java finds it
        assertThat(schema("{'pattern': '^\\\\d$'}").accepts("\"٣\"")).isFalse(); // Python finds it
        assertThat(schema("{'pattern': '(?<=a)b'}").accepts("\"ab\"")).isTrue();
    }

    @Test
    void aPatternThatBacktracksWithoutEndIsStopped() {
        try (JavaScript hasty = new JavaScript(Duration.ofSeconds(2))) {
            CheckedSchema schema =
                    CheckedSchema.read(hasty, Duration.ofSeconds(60), "{\"pattern\": \"^(a+)+$\"}", "a.json");
            assertThatThrownBy(() -> schema.accepts("\"" + "a".repeat(5000) + "b\""))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("a.json: checking an answer took longer than 2000 ms.");
            assertThat(schema.accepts("\"aa\"")).isTrue();
        }
    }

    @Test
    void referencesThatMultiplyAreStopped() {
        StringBuilder json = new StringBuilder("{'$ref': '#/$defs/d0', '$defs': {");
        for (int i = 0; i < 40; i++) {
            String next = "{'$ref': '#/$defs/d" + (i + 1) + "'}";
            json.append("'d" + i + "': {'items': {'allOf': [" + next + ", " + next + "]}}, ");
        }
        CheckedSchema schema = CheckedSchema.read(
                scripts,
                Duration.ofMillis(500),
                json.append("'d40': {}}}").toString().replace('\'', '"'),
                "a.json");
        assertThat(schema.accepts("[[]]")).isTrue();
        assertThatThrownBy(() -> schema.accepts("[".repeat(41) + "]".repeat(41)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a.json: checking an answer took longer than 500 ms.");
    }

    @Test
    void deepAnswersAndSchemasAreChecked() {
        CheckedSchema nested = schema("{'items': {'$ref': '#'}, 'type': 'array'}");
        assertThat(nested.accepts("[".repeat(1000) + "]".repeat(1000))).isTrue();
        assertThat(nested.accepts("[".repeat(999) + "1" + "]".repeat(999))).isFalse();
        assertThat(nested.accepts("[".repeat(1001) + "]".repeat(1001))).isFalse();
        CheckedSchema deep = schema("{'not': ".repeat(999) + "true" + "}".repeat(999));
        assertThat(deep.accepts("1")).isFalse();
    }

    @Test
    void namesMayBeRelative() {
        CheckedSchema schema = schema("{'$id': 'a', 'items': {'$ref': 'b#c'}, '$defs': {'b': {'$id': 'b', '$defs':"
                + " {'c': {'$anchor': 'c', 'type': 'string'}}}}}");
        assertThat(schema.accepts("[\"x\"]")).isTrue();
        assertThat(schema.accepts("[1]")).isFalse();
    }

    @Test
    void numbersAreExact() {
        assertThat(schema("{'multipleOf': 0.1}").accepts("0.3")).isTrue();
        assertThat(schema("{'const': 12345678901234567890}").accepts("12345678901234567891"))
                .isFalse();
        assertThat(schema("{'enum': [1.0]}").accepts("10e-1")).isTrue();
        assertThat(schema("{'type': 'integer'}").accepts("1e300")).isTrue();
        assertThat(schema("{'type': 'number'}").accepts("1e1000000000")).isFalse();
        assertThat(schema("{'multipleOf': 3}").accepts("1e-1000000000")).isFalse();
        assertThat(schema("{}").accepts("1e4294967296")).isFalse();
    }

    private CheckedSchema schema(String json) {
        return CheckedSchema.read(scripts, Duration.ofSeconds(60), json.replace('\'', '"'), "a.json");
    }
}
