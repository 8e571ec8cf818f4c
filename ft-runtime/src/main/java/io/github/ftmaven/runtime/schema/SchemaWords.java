package io.github.ftmaven.runtime.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the schema of schemas leaves open: keywords, formats and patterns that no validator knows, and references
 * to nothing. A validator ignores the first and meets the others only when an answer does.
 */
final class SchemaWords {
    /** The keywords that contain a schema, or a list of them. */
    private static final Set<String> ONE = Set.of(
            "additionalItems",
            "additionalProperties",
            "allOf",
            "anyOf",
            "contains",
            "contentSchema",
            "else",
            "if",
            "items",
            "not",
            "oneOf",
            "prefixItems",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties");

    /** The keywords that contain schemas by name. */
    private static final Set<String> NAMED =
            Set.of("$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties");

    /** What may stand beside a reference where the rest is ignored. */
    private static final Set<String> BESIDE = Set.of(
            "$ref",
            "$schema",
            "$id",
            "id",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "readOnly",
            "writeOnly",
            "definitions",
            "$defs");

    /** A reference, to be looked up when all names are known. */
    private record Reference(String target, @Nullable URI resolved, JsonPointer place, String keyword) {}

    private final SchemaText text;
    private final Draft draft;
    private final Collection<String> keywords;
    private final Collection<String> formats;
    private final Scripts scripts;

    private final Map<String, JsonNode> named = new HashMap<>();
    private final IdentityHashMap<JsonNode, Boolean> schemas = new IdentityHashMap<>();
    private final List<Reference> references = new ArrayList<>();

    private SchemaWords(
            SchemaText text, Draft draft, Collection<String> keywords, Collection<String> formats, Scripts scripts) {
        this.text = text;
        this.draft = draft;
        this.keywords = keywords;
        this.formats = formats;
        this.scripts = scripts;
    }

    /**
     * Checks a schema that is valid by the schema of its draft.
     *
     * @throws InvalidInputException if something in it would have no effect
     */
    static void check(
            SchemaText text, Draft draft, Collection<String> keywords, Collection<String> formats, Scripts scripts) {
        SchemaWords words = new SchemaWords(text, draft, keywords, formats, scripts);
        words.named.put("", text.root());
        words.schema(text.root(), JsonPointer.empty(), URI.create(""));
        words.references.forEach(words::lookUp);
    }

    private void schema(JsonNode schema, JsonPointer place, URI outer) {
        schemas.put(schema, true);
        if (!schema.isObject()) {
            return;
        }
        boolean alone = schema.has("$ref") && !draft.referencesHaveSiblings();
        URI base = alone ? outer : identified(schema, place, outer);
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            JsonNode value = member.getValue();
            JsonPointer here = place.appendProperty(keyword);
            if (!keywords.contains(keyword)) {
                throw text.error(
                        here,
                        "unknown keyword '" + keyword + "' in " + draft.title() + "."
                                + Suggestion.didYouMean(keyword, keywords));
            }
            if (alone && !BESIDE.contains(keyword)) {
                throw text.error(
                        here,
                        "'" + keyword + "' has no effect beside '$ref' in " + draft.title()
                                + ". Put both into 'allOf'.");
            }
            word(keyword, value, here, base);
        }
    }

    private void word(String keyword, JsonNode value, JsonPointer here, URI base) {
        if (ONE.contains(keyword)) {
            if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    schema(value.get(i), here.appendIndex(i), base);
                }
            } else {
                schema(value, here, base);
            }
        } else if (NAMED.contains(keyword)) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                JsonPointer place = here.appendProperty(member.getKey());
                if (keyword.equals("patternProperties")) {
                    pattern(member.getKey(), place);
                }
                if (!member.getValue().isArray()) {
                    schema(member.getValue(), place, base);
                }
            }
        } else if (keyword.equals("pattern")) {
            pattern(text(keyword, value, here), here);
        } else if (keyword.equals("format") && !formats.contains(text(keyword, value, here))) {
            throw text.error(
                    here,
                    "unknown format '" + value.textValue() + "'." + Suggestion.didYouMean(value.textValue(), formats)
                            + " Supported are: " + String.join(", ", formats) + ".");
        } else if (keyword.equals("$schema") && !here.tail().matches()) {
            throw text.error(here, "'$schema' is possible only at the top.");
        } else if (draft.references().contains(keyword)) {
            String target = text(keyword, value, here);
            if (keyword.equals("$recursiveRef") && !target.equals("#")) {
                throw text.error(here, "'$recursiveRef' must be '#'.");
            }
            references.add(new Reference(target, resolved(base, target), here, keyword));
        }
    }

    /** The schemas of schemas do not describe every keyword: {@code $ref} of draft 4, for one. */
    private String text(String keyword, JsonNode value, JsonPointer here) {
        if (!value.isTextual()) {
            throw text.error(here, "'" + keyword + "' must be a text.");
        }
        return value.textValue();
    }

    private void pattern(String pattern, JsonPointer here) {
        scripts.mistake(pattern).ifPresent(mistake -> {
            throw text.error(here, "the pattern '" + pattern + "' is not valid in ECMA-262: " + mistake + ".");
        });
    }

    /** The base of a schema's references; remembers its names. */
    private URI identified(JsonNode schema, JsonPointer place, URI outer) {
        URI base = outer;
        JsonNode id = schema.path(draft.id());
        if (id.isTextual()) {
            URI own = resolved(outer, id.textValue());
            if (own == null) {
                throw text.error(place.appendProperty(draft.id()), "'" + id.textValue() + "' is not a URI reference.");
            }
            named.put(own.toString().replaceFirst("#$", ""), schema);
            if (!id.textValue().startsWith("#")) {
                base = withoutFragment(own);
                named.put(base.toString(), schema);
            }
        }
        for (String anchor : draft.anchors()) {
            if (schema.path(anchor).isTextual()) {
                named.put(base + "#" + schema.path(anchor).textValue(), schema);
            }
        }
        return base;
    }

    private void lookUp(Reference reference) {
        String whole = String.valueOf(reference.resolved());
        String written = "'" + reference.keyword() + "': '" + reference.target() + "'";
        if (reference.resolved() == null) {
            throw text.error(reference.place(), written + " is not a URI reference.");
        }
        String document = withoutFragment(reference.resolved()).toString();
        if (Draft.named(document).filter(draft::equals).isPresent()) {
            return; // the schema of schemas, which the validator has
        }
        JsonNode resource = named.get(document);
        if (resource == null) {
            throw text.error(
                    reference.place(),
                    written + " points outside this file, and no schema is downloaded. Copy it into '"
                            + (draft.compareTo(Draft.DRAFT_2019_09) < 0 ? "definitions" : "$defs") + "'.");
        }
        String fragment = reference.resolved().getRawFragment();
        JsonNode target = fragment == null || fragment.isEmpty()
                ? resource
                : fragment.startsWith("/") ? at(resource, fragment) : named.get(whole);
        if (target == null || !schemas.containsKey(target)) {
            throw text.error(reference.place(), written + " points to nothing that is a schema.");
        }
    }

    private static @Nullable JsonNode at(JsonNode resource, String fragment) {
        try {
            return resource.at(URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static URI withoutFragment(URI uri) {
        String whole = uri.toString();
        int fragment = whole.indexOf('#');
        return fragment < 0 ? uri : URI.create(whole.substring(0, fragment));
    }

    private static @Nullable URI resolved(URI base, String reference) {
        try {
            // Java resolves an empty reference against the directory.
            return reference.isEmpty() || reference.startsWith("#")
                    ? URI.create(base + reference)
                    : base.resolve(reference);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
