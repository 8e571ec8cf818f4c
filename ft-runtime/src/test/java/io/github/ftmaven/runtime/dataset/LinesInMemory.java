package io.github.ftmaven.runtime.dataset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** What {@link ExampleLines} writes and reads again. */
final class LinesInMemory {
    private LinesInMemory() {}

    static List<Example> again(List<Example> examples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExampleLines.write(examples, out);
        return ExampleLines.read(new ByteArrayInputStream(out.toByteArray()));
    }
}
