package io.github.ftmaven.runtime.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Element types of a safetensors file, by the names its header uses, in the order in which its writers sort. */
public enum DType {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E5M2(1),
    F8_E4M3(1),
    I16(2),
    U16(2),
    F16(2),
    BF16(2),
    I32(4),
    U32(4),
    F32(4),
    F64(8),
    I64(8),
    U64(8);

    private static final Map<String, DType> BY_NAME = new HashMap<>();

    static {
        for (DType type : values()) {
            BY_NAME.put(type.name(), type);
        }
    }

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** The size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether a model's weights may be of this type: F32, F16 or BF16. */
    public boolean isWeight() {
        return this == F32 || this == F16 || this == BF16;
    }

    /** The type with this name, or null. */
    static @Nullable DType named(String name) {
        return BY_NAME.get(name);
    }
}
