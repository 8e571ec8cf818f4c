#!/bin/sh
# The memory and the time of one training step and one answer of models of real size, with random weights in BF16 shards.
# It writes them to DIR and deletes them again: 2.5 GB for 1B, 16 GB for 8B. The peaks are the resident memory of the
# process, pages of mapped files included; mvn test-compile comes first.
#
#   DIR=/somewhere THREADS=2 tools/bench/large_shapes.sh 1B|8B BF16|F32 none|NF4_DOUBLE|NF4|INT8 TOKENS STEPS ANSWER [layers]
set -eu
shape=$1
shift
threads=${THREADS:-2}
root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d "${DIR:-/tmp}/shapes.XXXXXX")
trap 'rm -rf "$dir"' EXIT
(cd "$root" && mvn -o -q -pl ft-runtime dependency:build-classpath -Dmdep.outputFile="$dir/cp" -DincludeScope=test)
cp=$root/ft-runtime/target/test-classes:$root/ft-runtime/target/classes:$(cat "$dir/cp")

case $shape in
1B) hidden=2048 mlp=8192 layers=16 head=64 tied=true ;;
8B) hidden=4096 mlp=14336 layers=32 head=128 tied=false ;;
*)
    echo "no shape $shape" >&2
    exit 2
    ;;
esac
cat > "$dir/config.json" <<JSON
{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 128256, "hidden_size": $hidden,
 "intermediate_size": $mlp, "num_hidden_layers": $layers, "num_attention_heads": 32, "num_key_value_heads": 8,
 "head_dim": $head, "max_position_embeddings": 8192, "rms_norm_eps": 1e-05, "hidden_act": "silu",
 "tie_word_embeddings": $tied, "rope_theta": 500000.0, "bos_token_id": 1, "eos_token_id": 2, "torch_dtype": "bfloat16"}
JSON
run() {
    # The settings of a worker.
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8589934592 \
        DJL_CACHE_DIR=$root/ft-runtime/target/djl java -Dai.djl.offline=true \
        -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$cp" "$@"
}
run io.github.ftmaven.runtime.model.RandomShards "$dir"
run io.github.ftmaven.runtime.decoder.LargeShapes "$dir" "$1" "$2" "$threads" "$3" "$4" "$5" "${6:-none}"
