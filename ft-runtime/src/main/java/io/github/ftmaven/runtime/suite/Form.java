package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The allowed values of a key in a suite; {@link Forms} lists them all, {@link FormCheck} compares. */
sealed interface Form {
    /** Whether a value is of this kind; its content is checked separately. */
    boolean allows(JsonNode value);

    /** The allowed values, to follow "must be". */
    String describe();

    /** Text. */
    record Text() implements Form {
        @Override
        public boolean allows(JsonNode value) {
            return value.isTextual();
        }

        @Override
        public String describe() {
            return "text";
        }
    }

    /** A finite number from {@code least} to {@code most}. */
    record Decimal(boolean whole, double least, double most) implements Form {
        @Override
        public boolean allows(JsonNode value) {
            double number = value.doubleValue();
            return value.isNumber()
                    && number >= least
                    && number <= most
                    && Double.isFinite(number)
                    && (!whole || number == Math.rint(number));
        }

        @Override
        public String describe() {
            String kind = whole ? "a whole number" : "a number";
            if (Double.isInfinite(least)) {
                return kind;
            }
            return Double.isInfinite(most)
                    ? kind + " of at least " + Math.round(least)
                    : kind + " from " + Math.round(least) + " to " + Math.round(most);
        }
    }

    /** {@code true} or {@code false}. */
    record Switch() implements Form {
        @Override
        public boolean allows(JsonNode value) {
            return value.isBoolean();
        }

        @Override
        public String describe() {
            return "true or false";
        }
    }

    /** Anything. */
    record Any() implements Form {
        @Override
        public boolean allows(JsonNode value) {
            return true;
        }

        @Override
        public String describe() {
            return "anything";
        }
    }

    /** A list; {@code entries} describes its entries. */
    record Items(Form item, String entries) implements Form {
        @Override
        public boolean allows(JsonNode value) {
            return value.isArray();
        }

        @Override
        public String describe() {
            return "a list" + (entries.isEmpty() ? "" : " of " + entries);
        }
    }

    /** A mapping of names to values of one form. */
    record Values(Form value) implements Form {
        @Override
        public boolean allows(JsonNode value) {
            return value.isObject();
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** A mapping; keys that it does not list are ignored. */
    record Section(Map<String, Form> keys) implements Form {
        @Override
        public boolean allows(JsonNode value) {
            return value.isObject();
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** One of several forms. */
    record Either(List<Form> forms) implements Form {
        static Either of(Form... forms) {
            return new Either(List.of(forms));
        }

        @Override
        public boolean allows(JsonNode value) {
            return forms.stream().anyMatch(form -> form.allows(value));
        }

        @Override
        public String describe() {
            int last = forms.size() - 1;
            return forms.subList(0, last).stream().map(Form::describe).collect(Collectors.joining(", ")) + " or "
                    + forms.get(last).describe();
        }
    }
}
