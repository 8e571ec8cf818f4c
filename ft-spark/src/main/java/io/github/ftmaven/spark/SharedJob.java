package io.github.ftmaven.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What all workers of a job get.
 *
 * @param id another one for each job
 * @param engine the jars of the engine, as paths of the leader's machine
 * @param job for the engine
 * @param workersHere how many workers this machine has if they are a cluster of their own; 0 for others
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SharedJob(String id, List<String> engine, byte[] job, int workersHere) implements Serializable {}
