package io.github.ftmaven.runtime.generation;

import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.github.ftmaven.runtime.error.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;

/** Batches and their results as bytes, which travel between processes. Every number arrives as it was. */
public final class BatchJson {
    private static final JsonMapper JSON = Json.builder()
            .addModule(new SimpleModule().addSerializer(toWords()).addDeserializer(BitSet.class, toBits()))
            .build();

    private BatchJson() {}

    private static StdDelegatingSerializer toWords() {
        return new StdDelegatingSerializer(BitSet.class, new StdConverter<BitSet, long[]>() {
            @Override
            public long[] convert(BitSet bits) {
                return bits.toLongArray();
            }
        });
    }

    private static StdDelegatingDeserializer<BitSet> toBits() {
        return new StdDelegatingDeserializer<>(new StdConverter<long[], BitSet>() {
            @Override
            public BitSet convert(long[] words) {
                return BitSet.valueOf(words);
            }
        });
    }

    /**
     * Computes a batch.
     *
     * @return the bytes of its result for {@link #result}
     */
    public static byte[] compute(BatchModel model, byte[] batch) {
        ModelBatch<?> asked = read(batch, ModelBatch.class);
        return compute(model, asked);
    }

    private static <R> byte[] compute(BatchModel model, ModelBatch<R> batch) {
        return bytes(model.compute(List.of(batch), (answered, tokens) -> {}).get(0));
    }

    /** The result that {@link #compute} wrote for a batch. */
    static <R> R result(ModelBatch<R> batch, byte[] result) {
        return read(result, batch.resultClass());
    }

    /** The bytes of a batch for {@link #compute}, or of a result for {@link #result}. */
    static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return JSON.readValue(bytes, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
