package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.adapter.ModelPointer;
import java.util.Locale;

/** The model card of a fine-tune whose weights stay at the service that trained it. */
final class PointerCard {
    private PointerCard() {}

    static String render(ModelCard.Facts facts, ModelPointer pointer) {
        return String.format(
                Locale.ROOT,
                """
                ---
                %spipeline_tag: text-generation
                tags:
                - hosted
                ---

                # %s

                A fine-tune of **%s** at %s, trained for ft-maven-plugin.

                **The weights stay with the provider.** This artifact holds no weights but `pointer.json`, which names the
                model there. It is of use as long as the provider serves that model to your account. %s
                The provider's terms apply.
                %s
                ## Base model

                %s, as the provider calls it.

                ## Data

                | split | examples | tokens | answer tokens | SHA-256 |
                |---|--:|--:|--:|---|
                %s
                %s
                Tokens are counted with the tokenizer of %s, which may not be the provider's.

                ## Prompt format

                %s

                ## Method

                | | |
                |---|---|
                %s
                %s
                ## How to ask it

                With a key of the account in `API_KEY`:

                ```sh
                curl %s/chat/completions \\
                  -H "Authorization: Bearer $API_KEY" -H "Content-Type: application/json" \\
                  -d '{"model": "%s", "messages": [{"role": "user", "content": "..."}], "temperature": 0}'
                ```
                """,
                ModelCard.license(facts.declared().licenses().artifact()),
                Escape.markdown(facts.name()),
                Escape.markdown(pointer.base()),
                Escape.markdown(pointer.service()),
                until(pointer),
                ModelCard.section("Intended use", facts.declared().intendedUse()),
                Escape.code(pointer.base()),
                ModelCard.splits(facts),
                ModelCard.distilled(facts) + ModelCard.sources(facts.sources()),
                Escape.code(facts.base().model().name()),
                prompts(facts),
                method(facts, pointer),
                ModelCard.section(
                        "Licenses", ModelCard.licenses(facts.declared().licenses())),
                pointer.url(),
                plain(pointer.asked()));
    }

    private static String until(ModelPointer pointer) {
        return pointer.until() == null
                ? "It does not say until when."
                : "It says: until " + Escape.markdown(pointer.until()) + ".";
    }

    private static String prompts(ModelCard.Facts facts) {
        String system = facts.asked().system();
        return "The provider renders conversations."
                + (system == null
                        ? ""
                        : " A conversation without a system message gets this one:\n\n" + ModelCard.indented(system)
                                + "\n")
                + (system == null ? " " : "\n") + "Answers were measured at temperature 0 and with at most "
                + facts.asked().maxNewTokens() + " new tokens."
                + (facts.asked().inWords() ? " Labels are spelled in words: `card arrival` for `card_arrival`." : "");
    }

    private static String method(ModelCard.Facts facts, ModelPointer pointer) {
        StringBuilder rows = new StringBuilder();
        ModelCard.row(rows, "method", "supervised, by the provider's own program");
        ModelCard.row(rows, "trained at", pointer.service() + ", in the job " + pointer.job());
        ModelCard.row(rows, "model", pointer.model());
        if (pointer.deployment() != null) {
            ModelCard.row(rows, "deployed as", pointer.deployment());
        }
        if (pointer.created() != null) {
            ModelCard.row(rows, "job created", pointer.created());
        }
        ModelCard.row(rows, "epochs", ModelCard.number(facts.method().training().epochs()));
        if (facts.method().steps() > 0) {
            ModelCard.row(rows, "optimizer steps", String.valueOf(facts.method().steps()));
        }
        ModelCard.row(
                rows, "batch size", String.valueOf(facts.method().training().batchSize()));
        ModelCard.row(rows, "seed", String.valueOf(facts.method().training().seed()));
        return rows.toString().stripTrailing();
    }

    /** A foreign name inside a command. */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9:._/@-]", "?");
    }
}
