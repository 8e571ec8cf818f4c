# Sourced by the other scripts: Llamas with random weights in $dir, and the classes that time ours. PYTHON has the packages of
# ../requirements.txt; mvn test-compile comes first.
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

ours() { # CLASS ARGUMENTS..., with the settings of a worker
    class=$1
    shift
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8589934592 GOMP_SPINCOUNT=10000 \
        DJL_CACHE_DIR=$root/ft-runtime/target/djl java -Dai.djl.offline=true \
        -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$cp" "io.github.ftmaven.runtime.$class" "$@"
}

theirs() { # SCRIPT ARGUMENTS...
    script=$1
    shift
    "${PYTHON:-python}" "$root/tools/bench/$script" "$@" 2> "$dir/log" || { cat "$dir/log"; exit 1; }
}
