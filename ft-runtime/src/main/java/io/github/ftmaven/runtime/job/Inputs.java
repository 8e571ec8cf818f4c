package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.files.FetchedFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that a spec names, as found on this machine.
 *
 * @param base the base model's directory
 * @param display the base's name in messages
 * @param name the base's public name, for {@code base_model_name_or_path} of an adapter
 * @param revision the commit of a model from a hub
 * @param startFrom the directory or jar of the adapter to continue from
 * @param data the files of the dataset that are not the project's own
 */
public record Inputs(
        String base,
        String display,
        String name,
        @Nullable String revision,
        @Nullable String startFrom,
        List<FetchedFile> data) {
    /** Copies {@code data}. */
    public Inputs {
        data = List.copyOf(data);
    }

    /** Inputs whose dataset is the project's own. */
    public Inputs(String base, String display, String name, @Nullable String revision, @Nullable String startFrom) {
        this(base, display, name, revision, startFrom, List.of());
    }
}
