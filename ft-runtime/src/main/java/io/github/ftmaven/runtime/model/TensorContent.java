package io.github.ftmaven.runtime.model;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a tensor, produced in parts so that the whole need not be in memory. */
@FunctionalInterface
public interface TensorContent {
    /** Passes every part to the sink, in order. */
    void writeTo(Sink sink) throws IOException;

    /** Receives the parts. */
    @FunctionalInterface
    interface Sink {
        /** Takes the bytes between position and limit; the caller may reuse the buffer afterwards. */
        void write(ByteBuffer part) throws IOException;
    }
}
