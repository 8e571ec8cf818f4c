package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** The files beside {@code tokenizer.json}. */
class TokenizerConfigFuzzTest extends FuzzedReader {
    private static final List<String> NAMES =
            List.of("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "chat_template.json");

    TokenizerConfigFuzzTest() {
        super("tokenizer-config");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/tokenizers/bytes/tokenizer_config.json"),
                resource("/models/tiny-llama/tokenizer_config.json"),
                """
                {"tokenizer_class": "LlamaTokenizerFast", "add_bos_token": true, "add_eos_token": false, "legacy": false,
                 "add_prefix_space": null, "bos_token": {"content": "<s>", "lstrip": false, "__type": "AddedToken"},
                 "eos_token": "</s>", "unk_token": "<unk>", "pad_token": null, "additional_special_tokens": ["<x>"],
                 "extra_special_tokens": {"image_token": "<image>"},
                 "added_tokens_decoder": {"0": {"content": "<unk>", "special": true, "normalized": false, "lstrip": false},
                 "1": {"content": "<s>", "special": true}, "2": {"content": "</s>", "special": true}},
                 "chat_template": [{"name": "default", "template": "{{ messages[0].content }}"}]}
                """.getBytes(StandardCharsets.UTF_8),
                "{\"chat_template\": \"{% for m in messages %}{{ m.role + '\\ud83d\\ude00\\n' }}{% endfor %}\"}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Files.write(directory.resolve("tokenizer.json"), resource("/models/tiny-llama/tokenizer.json"));
        for (String each : NAMES) {
            Files.deleteIfExists(directory.resolve(each));
        }
        Files.write(directory.resolve(NAMES.get(input.length % NAMES.size())), input);
        TokenizerFiles.read(directory).open().readAllBytes();
        Optional<ChatTemplate> template = ChatTemplate.of(directory);
        if (template.isPresent()) {
            // As a build does for programs that serve the model.
            Files.writeString(directory.resolve("template"), template.get().source());
        }
    }
}
