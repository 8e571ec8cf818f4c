package io.github.ftmaven.runtime.imports;

/**
 * A spec made from another program's configuration.
 *
 * @param program the other program
 * @param text the spec as commented YAML
 * @param carried how many keys the spec sets
 * @param left how many keys of the configuration have no counterpart
 */
public record ImportedSpec(String program, String text, int carried, int left) {}
