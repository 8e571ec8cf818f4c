package io.github.ftmaven.runtime.template;

/** What a name or attribute that does not exist evaluates to: empty, false, and an error in most operations. */
record Undefined(String what) {
    TemplateException error() {
        return new TemplateException(what + " is undefined");
    }

    /** Whatever does not exist is equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
