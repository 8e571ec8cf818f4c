package io.github.ftmaven.runtime.model;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a tensor, given part by part so that it need not be in memory as a whole. */
@FunctionalInterface
public interface TensorContent {
    /** Gives every part in order. */
    void writeTo(Sink sink) throws IOException;

    /** Where the parts go. */
    @FunctionalInterface
    interface Sink {
        /** Takes what is between position and limit; the buffer may be used again afterwards. */
        void write(ByteBuffer part) throws IOException;
    }
}
