#!/bin/sh
# Peak memory of training as ft:plan says it, beside what is measured, for models with random weights of three sizes: each in
# float32 and bfloat16, as it is and as NF4, with and without recomputation. mvn test-compile comes first. Linux only.
#
#   tools/bench/memory.sh [SIZES]      SIZES: 10M 110M 390M
set -eu
sizes=${1:-10M 110M 390M}
root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp=${CLASSPATH:-}
if [ -z "$cp" ]; then
    (cd "$root" && mvn -o -q -pl ft-runtime dependency:build-classpath -Dmdep.outputFile="$dir/cp" -DincludeScope=test)
    cp=$root/ft-runtime/target/test-classes:$root/ft-runtime/target/classes:$(cat "$dir/cp")
fi

config() { # NAME HIDDEN MLP LAYERS HEADS
    mkdir "$dir/$1"
    cat > "$dir/$1/config.json" <<JSON
{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 32000, "hidden_size": $2,
 "intermediate_size": $3, "num_hidden_layers": $4, "num_attention_heads": $5, "num_key_value_heads": $5, "head_dim": 64,
 "max_position_embeddings": 2048, "rms_norm_eps": 1e-05, "hidden_act": "silu", "tie_word_embeddings": true,
 "rope_theta": 10000.0, "bos_token_id": 1, "eos_token_id": 2}
JSON
}
config 10M 192 512 8 3
config 110M 768 2048 12 12
config 390M 1280 3456 18 20

echo "| model | computed in | quantized | recomputed | planned | measured | difference |"
echo "|---|---|---|---|---|---|---|"
for size in $sizes; do
    for type in F32 BF16; do
        for format in NONE NF4_DOUBLE; do
            for recompute in off on; do
                # The settings of a worker.
                GLIBC_TUNABLES=glibc.malloc.hugetlb=1 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8589934592 \
                    DJL_CACHE_DIR=${DJL_CACHE_DIR:-$root/ft-runtime/target/djl} java -Dai.djl.offline=true \
                    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$cp" \
                    io.github.ftmaven.runtime.training.TrainingPeak \
                    "$size" "$dir/$size/config.json" $type $format $recompute 2 512 | grep '^|'
            done
        done
    done
done
