package io.github.ftmaven.runtime.template;

/** What a name or attribute that does not exist evaluates to: empty, false, and an error in most operations. */
record Undefined(String what) {
    TemplateException error() {
        return new TemplateException(what + " is undefined");
    }
}
