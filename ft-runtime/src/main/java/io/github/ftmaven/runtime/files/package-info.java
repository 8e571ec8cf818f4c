/** Files on disk: digests, writing in one piece, JSON files, and how paths are found and shown. */
@NullMarked
package io.github.ftmaven.runtime.files;

import org.jspecify.annotations.NullMarked;
