package io.github.ftmaven.runtime.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.UniqueItemsValidator;
import com.networknt.schema.path.NodePath;

/**
 * {@code uniqueItems} of arrays alone; the validator would compare the values of an object, too. 1.0 equals 1 even in
 * draft 4, in which it is not an integer.
 */
final class UniqueItems implements Keyword {
    @Override
    public String getValue() {
        return "uniqueItems";
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
        return new UniqueItemsValidator(location, node, parent, context) {
            @Override
            public void validate(ExecutionContext execution, JsonNode items, JsonNode root, NodePath place) {
                if (items.isArray()) {
                    super.validate(execution, ExactNumbers.normalized(items, true), root, place);
                }
            }
        };
    }
}
