package io.github.ftmaven.runtime.template;

/** The value of a name or attribute that does not exist: empty, false, and an error in most operations. */
record Undefined(String what) {
    TemplateException error() {
        return new TemplateException(what + " is undefined");
    }

    /** All undefined values are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
