package io.github.ftmaven.runtime.files;

/**
 * A file that a spec names by a hub or a repository, on this machine.
 *
 * @param place where the spec names it, such as {@code dataset.train[0]}
 * @param name its name in messages and sources, in the words of the spec
 * @param published its name that never means another file: with a commit where the spec names a branch
 * @param path where it is; relative paths start from the project's directory
 */
public record FetchedFile(String place, String name, String published, String path) {}
