package io.github.ftmaven.runtime.schema;

import com.networknt.schema.Specification;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The drafts of JSON Schema that are supported. */
enum Draft {
    DRAFT_4(SpecificationVersion.DRAFT_4, "draft 4"),
    DRAFT_6(SpecificationVersion.DRAFT_6, "draft 6"),
    DRAFT_7(SpecificationVersion.DRAFT_7, "draft 7"),
    DRAFT_2019_09(SpecificationVersion.DRAFT_2019_09, "draft 2019-09"),
    DRAFT_2020_12(SpecificationVersion.DRAFT_2020_12, "draft 2020-12");

    private final SpecificationVersion version;
    private final String title;

    Draft(SpecificationVersion version, String title) {
        this.version = version;
        this.title = title;
    }

    /** The draft that a {@code $schema} names, with or without the empty fragment. */
    static Optional<Draft> named(String uri) {
        String plain = withoutFragment(uri).replaceFirst("^https:", "http:");
        return Arrays.stream(values())
                .filter(draft -> withoutFragment(draft.uri())
                        .replaceFirst("^https:", "http:")
                        .equals(plain))
                .findFirst();
    }

    private static String withoutFragment(String uri) {
        return uri.endsWith("#") ? uri.substring(0, uri.length() - 1) : uri;
    }

    /** What {@code $schema} names the drafts, for a message. */
    static String uris() {
        return Arrays.stream(values()).map(Draft::uri).collect(Collectors.joining(", "));
    }

    String uri() {
        return version.getDialectId();
    }

    String title() {
        return title;
    }

    Dialect dialect() {
        return Specification.getDialect(version);
    }

    String id() {
        return this == DRAFT_4 ? "id" : "$id";
    }

    /** Whether what stands beside {@code $ref} counts. */
    boolean referencesHaveSiblings() {
        return compareTo(DRAFT_2019_09) >= 0;
    }

    /** Whether 1.0 is an integer. */
    boolean wholeNumbersAreIntegers() {
        return this != DRAFT_4;
    }

    /** The keywords with the places of fragments that can be referred to by name. */
    List<String> anchors() {
        return this == DRAFT_2020_12 ? List.of("$anchor", "$dynamicAnchor") : List.of("$anchor");
    }

    /** The keywords that refer to other schemas. */
    List<String> references() {
        return switch (this) {
            case DRAFT_2019_09 -> List.of("$ref", "$recursiveRef");
            case DRAFT_2020_12 -> List.of("$ref", "$dynamicRef");
            default -> List.of("$ref");
        };
    }
}
