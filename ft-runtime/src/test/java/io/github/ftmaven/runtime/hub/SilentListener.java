package io.github.ftmaven.runtime.hub;

/** Does not tell how a download goes. */
final class SilentListener implements HubListener {
    @Override
    public void arrived(String file, long bytes, long size) {}

    @Override
    public void retrying(String message) {}

    @Override
    public void unverified(String message) {}
}
