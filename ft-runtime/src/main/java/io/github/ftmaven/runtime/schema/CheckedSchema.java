package io.github.ftmaven.runtime.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.networknt.schema.Error;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.script.JavaScript;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/**
 * A JSON Schema of any draft from 4 to 2020-12, and checks against it. Formats count in every draft. Nothing is loaded
 * from the network, and a check that takes too long ends in an error.
 */
public final class CheckedSchema {
    private static final long STACK = 64L << 20;

    /** These are files of the validator, which has no other way to load a schema. */
    private static final Pattern SCHEMAS_OF_SCHEMAS = Pattern.compile("https?://json-schema\\.org/draft[-/].*");

    private final String shown;
    private final Draft draft;
    private final FollowedReferences references;
    private final Schema schema;

    private CheckedSchema(String shown, Draft draft, FollowedReferences references, Schema schema) {
        this.shown = shown;
        this.draft = draft;
        this.references = references;
        this.schema = schema;
    }

    /**
     * Reads a schema.
     *
     * @param engine runs patterns and formats, and limits each of them
     * @param limit for one check
     * @param shown how messages begin: a key, and the file's name
     * @throws InvalidInputException if it is not a schema, or something in it is unknown or has no effect
     */
    public static CheckedSchema read(JavaScript engine, Duration limit, String text, String shown) {
        SchemaText source = new SchemaText(text, shown);
        return deep(() -> read(new Scripts(engine), limit, source, shown));
    }

    private static CheckedSchema read(Scripts scripts, Duration limit, SchemaText source, String shown) {
        JsonNode root;
        Draft draft = draft(source);
        try {
            root = ExactNumbers.normalized(source.root(), draft.wholeNumbersAreIntegers());
        } catch (ArithmeticException e) {
            throw source.error("it contains " + e.getMessage() + ".");
        }
        matchSchemaOfSchemas(source, draft, root);
        List<String> formats = scripts.formats();
        FollowedReferences references = new FollowedReferences(limit);
        Dialect dialect = dialect(draft, scripts, formats, references);
        SchemaWords.check(source, draft, dialect.getKeywords().keySet(), formats, scripts);
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ENGLISH)
                .formatAssertionsEnabled(true)
                .schemaIdValidator((id, isRoot, outer, resolved, context) -> true) // SchemaWords checks names
                .regularExpressionFactory(pattern -> found -> {
                    references.checkTime();
                    return scripts.finds(pattern, found);
                })
                .build();
        SchemaRegistry registry = SchemaRegistry.withDialect(
                dialect,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaLoader(loader -> loader.allow(uri ->
                                SCHEMAS_OF_SCHEMAS.matcher(uri.toString()).matches())));
        CheckedSchema read;
        try {
            read = new CheckedSchema(shown, draft, references, registry.getSchema(root));
        } catch (SchemaException e) {
            throw source.error("not a valid schema: " + e.getMessage() + ".");
        }
        read.matches(NullNode.getInstance()); // also shows references that lead back to themselves
        return read;
    }

    private static Draft draft(SchemaText source) {
        JsonNode uri = source.root().path("$schema");
        if (!uri.isTextual()) {
            return Draft.DRAFT_2020_12;
        }
        return Draft.named(uri.textValue())
                .orElseThrow(() -> source.error(
                        JsonPointer.compile("/$schema"),
                        "unknown '$schema' '" + uri.textValue() + "'. Supported are: " + Draft.uris() + "."));
    }

    private static void matchSchemaOfSchemas(SchemaText source, Draft draft, JsonNode root) {
        List<Error> errors = SchemaRegistry.withDialect(
                        draft.dialect(),
                        builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .locale(Locale.ENGLISH)
                                .formatAssertionsEnabled(false)
                                .build()))
                .getSchema(SchemaLocation.of(draft.uri()))
                .validate(root);
        if (!errors.isEmpty()) {
            Error first = errors.get(0);
            JsonPointer place = JsonPointer.compile(first.getInstanceLocation().toString());
            String name = place.matches() ? "the schema" : "'" + place + "'";
            throw source.error(place, name + " is not valid in " + draft.title() + ": " + first.getMessage() + ".");
        }
    }

    private static Dialect dialect(Draft draft, Scripts scripts, List<String> formats, FollowedReferences references) {
        return Dialect.builder(draft.dialect())
                .formats(known -> {
                    known.clear();
                    formats.forEach(name -> known.put(name, scripts.format(name)));
                })
                .keywords(draft.references().stream().map(references::keyword).toList())
                .keyword(new UniqueItems())
                // Widespread in all drafts, and without effect.
                .keywords(List.of(new NonValidationKeyword("$defs"), new NonValidationKeyword("definitions")))
                // The drafts leave it open whether these count; the validator has it count in draft 7 alone.
                .keywords(List.of(new AnnotationKeyword("contentEncoding"), new AnnotationKeyword("contentMediaType")))
                .build();
    }

    /**
     * Whether a text is JSON and matches the schema. Nesting deeper than 1,000 levels and numbers beyond the range of
     * numbers never match.
     *
     * @throws InvalidInputException if the check exceeds its limits
     */
    public boolean accepts(String answer) {
        JsonNode json;
        try {
            json = ExactNumbers.readLeniently(answer);
            if (json.isMissingNode()) {
                return false;
            }
            json = ExactNumbers.normalized(json, draft.wholeNumbersAreIntegers());
        } catch (JsonProcessingException | ArithmeticException e) {
            return false;
        }
        JsonNode value = json;
        return deep(() -> matches(value));
    }

    private boolean matches(JsonNode value) {
        references.start();
        try {
            return schema.validate(value, OutputFormat.BOOLEAN);
        } catch (UnfinishedException e) {
            throw new InvalidInputException(shown + ": checking an answer " + e.getMessage() + ".", e);
        } catch (SchemaException e) {
            throw new InvalidInputException(shown + ": not a valid schema: " + e.getMessage() + ".", e);
        }
    }

    /** Runs a task on a thread whose stack holds what the limits of depth allow. */
    private static <T> T deep(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread own = new Thread(null, future, "json-schema", STACK);
        own.setDaemon(true);
        own.setContextClassLoader(CheckedSchema.class.getClassLoader()); // the validator looks for its files there
        own.start();
        try {
            return future.get();
        } catch (InterruptedException e) {
            own.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidInputException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
