package io.github.ftmaven.runtime.lmeval;

import java.nio.file.Path;

/**
 * A value that a task leaves to Python, {@code !function utils.process_docs}.
 *
 * @param name the module and the function in it
 * @param directory where the file that names it is; the module is looked for there
 * @param place where it stands, for messages
 */
record PythonFunction(String name, Path directory, String place) {
    @Override
    public String toString() {
        return "!function " + name;
    }
}
