#!/bin/sh
# Writes what bench_cuda.py needs into DIRECTORY: for each shape a config.json and the programs that a build would run on a
# GPU. mvn test-compile comes first. The machine with the GPU then needs neither Java nor Maven.
#
#   tools/bench/archives.sh DIRECTORY
set -eu
target=$1
. "$(dirname "$0")/models.sh"

shape() { # NAME HIDDEN MLP LAYERS HEADS KEY-VALUE-HEADS HEAD-SIZE VOCABULARY
    mkdir -p "$target/$1"
    cat > "$target/$1/config.json" <<JSON
{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": $8, "hidden_size": $2,
 "intermediate_size": $3, "num_hidden_layers": $4, "num_attention_heads": $5, "num_key_value_heads": $6, "head_dim": $7,
 "max_position_embeddings": 8192, "rms_norm_eps": 1e-05, "hidden_act": "silu", "tie_word_embeddings": false,
 "rope_theta": 500000.0, "bos_token_id": 1, "eos_token_id": 2}
JSON
    ours DecoderArchive "$target/$1/config.json" BF16 plain keep cuda "$target/$1/bf16.pt"
    ours DecoderArchive "$target/$1/config.json" BF16 NF4_DOUBLE keep cuda "$target/$1/nf4.pt"
    ours DecoderArchive "$target/$1/config.json" BF16 NF4_DOUBLE recompute cuda "$target/$1/nf4-recompute.pt"
}
shape 8b 4096 14336 32 32 8 128 128256
shape 1b 2048 8192 16 32 8 64 128256
shape tiny 128 352 2 4 2 32 1024
