package io.github.ftmaven.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What some tasks share, such as the weights of a step.
 *
 * @param name another one for other values
 * @param values in parts
 */
record SharedValues(String name, List<byte[]> values) implements Serializable {}
