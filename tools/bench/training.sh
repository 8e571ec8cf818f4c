#!/bin/sh
# Training steps of ours and of PEFT in turn, in float32 and bfloat16, for models with random weights of three sizes. The
# machine should do nothing else. PYTHON has the packages of ../requirements.txt; mvn test-compile comes first.
#
#   tools/bench/training.sh [ROUNDS] [SIZES]      SIZES: 10M 110M 390M
set -eu
rounds=${1:-2}
sizes=${2:-10M 110M 390M}
threads=${THREADS:-2}
root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
(cd "$root" && mvn -o -q -pl ft-runtime dependency:build-classpath -Dmdep.outputFile="$dir/cp" -DincludeScope=test)
cp=$root/ft-runtime/target/test-classes:$root/ft-runtime/target/classes:$(cat "$dir/cp")

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

for size in $sizes; do
    steps=5
    [ "$size" = 390M ] && steps=3
    for round in $(seq "$rounds"); do
        for type in float32 bfloat16; do
            short=F32
            [ $type = bfloat16 ] && short=BF16
            # The settings of a worker.
            printf '%s ' "$size"
            GLIBC_TUNABLES=glibc.malloc.hugetlb=1 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8589934592 \
                DJL_CACHE_DIR=$root/ft-runtime/target/djl java -Dai.djl.offline=true \
                -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$cp" \
                io.github.ftmaven.runtime.decoder.TrainingSpeed "$dir/$size/config.json" $short "$threads" 2 512 $steps
            printf '%s ' "$size"
            "${PYTHON:-python}" "$root/tools/bench/peft_baseline.py" "$dir/$size" $type "$threads" 2 512 $steps 2> "$dir/log" ||
                { cat "$dir/log"; exit 1; }
        done
    done
done
