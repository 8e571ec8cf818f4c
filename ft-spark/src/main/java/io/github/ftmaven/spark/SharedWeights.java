package io.github.ftmaven.spark;

import java.io.Serializable;
import java.util.List;

/**
 * The weights of a step.
 *
 * @param step their name
 * @param values in parts
 */
record SharedWeights(String step, List<byte[]> values) implements Serializable {}
