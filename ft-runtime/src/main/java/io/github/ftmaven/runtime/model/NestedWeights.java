package io.github.ftmaven.runtime.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text part of a multimodal model, under the names of a text model; the rest is hidden. */
final class NestedWeights implements Weights {
    private final Weights whole;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    NestedWeights(Weights whole) {
        this.whole = whole;
        whole.tensors().forEach((name, tensor) -> {
            String own = own(name);
            if (!own.isEmpty()) {
                tensors.put(own, new TensorInfo(own, tensor.dtype(), tensor.shape(), tensor.offset(), tensor.size()));
                names.put(own, name);
            }
        });
    }

    /** Published files use {@code language_model.model.}, newer ones {@code model.language_model.}. */
    private static String own(String name) {
        if (name.startsWith("language_model.")) {
            return name.substring("language_model.".length());
        }
        if (name.startsWith("model.language_model.")) {
            return "model." + name.substring("model.language_model.".length());
        }
        return name.startsWith("lm_head.") ? name : "";
    }

    private String name(String own) {
        return names.getOrDefault(own, own);
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    @Override
    public String file(String name) {
        return whole.file(name(name));
    }

    @Override
    public ByteBuffer bytes(String name, long offset, int length) {
        return whole.bytes(name(name), offset, length);
    }

    @Override
    public void read(String name, long offset, ByteBuffer into) {
        whole.read(name(name), offset, into);
    }
}
