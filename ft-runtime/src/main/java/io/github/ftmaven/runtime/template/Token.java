package io.github.ftmaven.runtime.template;

/** A piece of a template. */
record Token(Kind kind, String text, int line) {
    /** Text between tags; the ends of tags; and the content of tags. */
    enum Kind {
        DATA,
        BLOCK_BEGIN,
        BLOCK_END,
        VARIABLE_BEGIN,
        VARIABLE_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind wanted, String value) {
        return kind == wanted && text.equals(value);
    }

    boolean name(String value) {
        return is(Kind.NAME, value);
    }

    boolean operator(String value) {
        return is(Kind.OPERATOR, value);
    }
}
