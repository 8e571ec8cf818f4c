package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;

/** A suite without files. */
final class NoFiles implements Grader.Files {
    @Override
    public JsonNode content(String reference) throws CheckException {
        throw new CheckException(reference);
    }

    @Override
    public String source(String path) throws CheckException {
        throw new CheckException(path);
    }
}
