package io.github.ftmaven.runtime.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.DynamicRefValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.RecursiveRefValidator;
import com.networknt.schema.keyword.RefValidator;
import com.networknt.schema.path.NodePath;
import java.time.Duration;

/**
 * Counts the references that a check follows. Without them, a check takes at most as many steps as schema and answer
 * have parts together; with them, it may take any number, or never end.
 */
final class FollowedReferences {
    /** Twice what the deepest answer needs. The stack of the checking thread holds more. */
    private static final int DEEPEST = 2_000;

    private final Duration limit;
    private int depth;
    private long end;

    FollowedReferences(Duration limit) {
        this.limit = limit;
    }

    /** Begins a check. */
    void start() {
        depth = 0;
        end = System.nanoTime() + limit.toNanos();
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw new UnfinishedException("follows more than " + DEEPEST + " references into each other");
        }
        checkTime();
    }

    private void leave() {
        depth--;
    }

    /** Ends a check that takes too long. */
    void checkTime() {
        if (System.nanoTime() - end > 0) {
            throw new UnfinishedException("took longer than " + limit.toMillis() + " ms");
        }
    }

    Keyword keyword(String name) {
        return new Keyword() {
            @Override
            public String getValue() {
                return name;
            }

            @Override
            public KeywordValidator newValidator(
                    SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
                return switch (name) {
                    case "$recursiveRef" -> new Recursive(location, node, parent, context);
                    case "$dynamicRef" -> new Dynamic(location, node, parent, context);
                    default -> new Plain(location, node, parent, context);
                };
            }
        };
    }

    private final class Plain extends RefValidator {
        Plain(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
            super(location, node, parent, context);
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath place) {
            enter();
            super.validate(execution, node, root, place);
            leave();
        }
    }

    private final class Dynamic extends DynamicRefValidator {
        Dynamic(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
            super(location, node, parent, context);
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath place) {
            enter();
            super.validate(execution, node, root, place);
            leave();
        }
    }

    private final class Recursive extends RecursiveRefValidator {
        Recursive(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
            super(location, node, parent, context);
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath place) {
            enter();
            super.validate(execution, node, root, place);
            leave();
        }
    }
}
