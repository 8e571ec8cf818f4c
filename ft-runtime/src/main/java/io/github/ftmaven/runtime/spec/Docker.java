package io.github.ftmaven.runtime.spec;

/** Which server a Dockerfile is for. */
public enum Docker {
    NONE,
    VLLM
}
