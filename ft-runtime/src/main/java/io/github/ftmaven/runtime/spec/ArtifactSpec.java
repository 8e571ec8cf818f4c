package io.github.ftmaven.runtime.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is packaged. */
public record ArtifactSpec(
        @Doc("The packaged formats: peft is the jar itself; merged and gguf are artifacts beside it."
                + " docs/deploy.md lists the servers that load each one.")
        List<PackageFormat> formats,

        @Doc("The GGUF files: lora is the adapter alone, f16 and q8_0 are the merged model. Defaults to lora,"
                + " with method full to f16.")
        @Nullable
        List<Gguf> gguf,

        @Doc("The largest size of one file of merged weights, in megabytes.") @Bounds(min = 1)
        int shardSize,

        @Doc("Whether to package a Dockerfile. It serves the merged model if there is one, otherwise the adapter.")
        Docker docker,

        @Doc("What the jar carries of the dataset's fingerprint: examples is counts, and a digest of each question and"
                + " answer; summary is the counts alone. See docs/monitoring.md.")
        FingerprintContent fingerprint,

        @Doc("What the fine-tune is for; the model card quotes it.") @Nullable
        String intendedUse,

        @Doc("The licenses, as SPDX identifiers where they have one.")
        Licenses licenses) {
    public ArtifactSpec {
        formats = List.copyOf(formats);
        gguf = gguf == null ? null : List.copyOf(gguf);
    }

    /** The GGUF files to write; none unless {@code formats} names {@code gguf}. */
    public List<Gguf> gguf(Method method) {
        if (!formats.contains(PackageFormat.GGUF)) {
            return List.of();
        }
        return gguf != null ? gguf : List.of(method == Method.FULL ? Gguf.F16 : Gguf.LORA);
    }
}
