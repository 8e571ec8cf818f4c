package io.github.ftmaven.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What all workers of a training get.
 *
 * @param id of this run
 * @param engine the jars of the engine, as paths of the leader's machine
 * @param job for the engine
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SharedJob(String id, List<String> engine, byte[] job) implements Serializable {}
