package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.error.InvalidInputException;

/** Whether a service still has a fine-tune that it keeps. */
public final class KeptModelCheck {
    private KeptModelCheck() {}

    /**
     * Asks the service.
     *
     * @throws InvalidInputException if it does not have the model
     * @throws HostedException if it cannot be asked
     */
    public static void require(HostedSettings settings, ModelPointer pointer) throws HostedException {
        require(settings, pointer, Pace.USUAL);
    }

    static void require(HostedSettings settings, ModelPointer pointer, Pace pace) throws HostedException {
        try {
            new ServiceCalls(settings, pace).get("/models/" + ServiceCalls.encoded(pointer.model()));
        } catch (HostedException e) {
            if (e.status() != 404) {
                throw e;
            }
            throw new InvalidInputException(settings.place() + " does not have the model " + pointer.model()
                    + " of the job " + pointer.job()
                    + " (any more), so it cannot be evaluated. To train it"
                    + " again, change training.seed: the job of this key would be joined otherwise.");
        }
    }
}
