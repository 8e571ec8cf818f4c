package io.github.ftmaven.runtime.journal;

/** Tells nobody anything. */
public final class SilentEvents implements Events {
    @Override
    public void progress(Event.Progress progress) {}

    @Override
    public void info(String text) {}

    @Override
    public void warn(String text) {}

    @Override
    public boolean stopRequested() {
        return false;
    }
}
