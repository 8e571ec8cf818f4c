package io.github.ftmaven.runtime.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** What all pages begin with: a page on its own that loads and runs nothing. */
final class Page {
    private Page() {}

    /**
     * Appends everything before the content of {@code main}.
     *
     * @param styles the resources with the page's style
     */
    static void begin(StringBuilder out, String title, String... styles) {
        // The policy is a second defence: text that escaping missed still cannot load or run anything.
        out.append(String.format(
                Locale.ROOT,
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                """,
                Escape.html(title),
                Arrays.stream(styles).map(Page::style).collect(Collectors.joining())));
    }

    private static String style(String name) {
        try (InputStream css = Page.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
