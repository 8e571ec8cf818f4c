package io.github.ftmaven.runtime.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is packaged. */
public record ArtifactSpec(
        @Doc(
                "The forms that are packaged: peft is the jar itself, merged and gguf are artifacts beside it; docs/deploy.md says of each what takes it.")
        List<PackageFormat> formats,

        @Doc(
                "What is written as GGUF: lora the adapter alone, f16 and q8_0 the merged model; absent, lora, of method full f16.")
        @Nullable
        List<Gguf> gguf,

        @Doc("The largest size of a file of merged weights, in megabytes.") @Bounds(min = 1)
        int shardSize,

        @Doc("Whether a Dockerfile is packaged that serves the adapter, or where there is one the merged model.")
        Docker docker,

        @Doc("What the fine-tune is for, as the model card says it.") @Nullable
        String intendedUse,

        @Doc("The licenses as you declare them; SPDX identifiers where there is one.")
        Licenses licenses) {
    public ArtifactSpec {
        formats = List.copyOf(formats);
        gguf = gguf == null ? null : List.copyOf(gguf);
    }

    /** What is written as GGUF; nothing unless {@code formats} names it. */
    public List<Gguf> gguf(Method method) {
        if (!formats.contains(PackageFormat.GGUF)) {
            return List.of();
        }
        return gguf != null ? gguf : List.of(method == Method.FULL ? Gguf.F16 : Gguf.LORA);
    }
}
