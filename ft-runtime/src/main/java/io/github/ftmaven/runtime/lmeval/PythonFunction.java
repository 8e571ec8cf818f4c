package io.github.ftmaven.runtime.lmeval;

import java.nio.file.Path;

/**
 * A reference to a Python function, {@code !function utils.process_docs}.
 *
 * @param name the module and the function in it
 * @param directory the directory of the referring file, in which the module is looked for
 * @param place its place, for messages
 */
record PythonFunction(String name, Path directory, String place) {
    @Override
    public String toString() {
        return "!function " + name;
    }
}
