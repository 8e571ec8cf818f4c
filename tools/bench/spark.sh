#!/bin/sh
# Seconds of a training step on this machine: without Spark, and by one and by two workers of Spark, each of one thread. A step
# has two micro-batches of four rows. The weights of the adapter go to each worker in every step, and a gradient of the same size
# comes back for each micro-batch. A step is the difference of a longer and a shorter training, so that starting, and the first
# steps of a process, which are slow, do not count. The plugin must be installed (mvn install -DskipTests -Dinvoker.skip).
#
#   tools/bench/spark.sh [RANK [EPOCHS]]
#
# RANK 12 makes an adapter of 4 MB, 480 one of 168 MB. EPOCHS are of six steps each; the shorter training has a third of them.
set -eu
rank=${1:-12}
epochs=${2:-12}
root=$(cd "$(dirname "$0")/../.." && pwd)
group=$(sed -n 's:.*<groupId>\(.*\)</groupId>.*:\1:p' "$root/pom.xml" | head -1)
version=$(sed -n 's:.*<version>\(.*-SNAPSHOT\|[0-9.]*\)</version>.*:\1:p' "$root/pom.xml" | head -1)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

ft=$dir/src/main/ft
mkdir -p "$ft/model"
cp -r "$root/src/it/shared/data" "$ft/"
cp "$root/ft-runtime/src/test/resources/models/tiny-llama/tokenizer.json" \
    "$root/ft-runtime/src/test/resources/models/tiny-llama/tokenizer_config.json" "$ft/model/"
# Wide enough for an adapter of 168 MB, as of an 8B with rank 16.
sed -e 's/"hidden_size": 32/"hidden_size": 576/' -e 's/"intermediate_size": 40/"intermediate_size": 1536/' \
    -e 's/"num_hidden_layers": 2/"num_hidden_layers": 8/' -e 's/"num_attention_heads": 4/"num_attention_heads": 36/' \
    -e 's/"num_key_value_heads": 2/"num_key_value_heads": 36/' \
    "$root/ft-runtime/src/test/resources/models/tiny-llama/config.json" > "$ft/model/config.json"
sed -e "s/@project.groupId@/$group/" -e 's/@project.artifactId@/ft-maven-plugin/' -e "s/@project.version@/$version/" \
    "$root/src/it/runner-spark/pom.xml" > "$dir/pom.xml"

seconds() { # WORKERS RANK EPOCHS
    cat > "$ft/fine-tune.yaml" <<YAML
base: {model: model, initialize: random}
dataset: {train: data/train.jsonl, test: data/test.jsonl}
adapter: {rank: $2}
training:
  epochs: $3
  batchSize: 8
  microBatchTokens: 52
YAML
    [ "$1" = 0 ] || printf '  runner: spark\nrunner: {spark: {master: "local-cluster[%s,1,3072]", conf: {spark.driver.memory: 3g}}}\n' "$1" \
        >> "$ft/fine-tune.yaml"
    rm -rf "$dir/target"
    (cd "$dir" && mvn -o -B -q -Dft.cacheSize=0 -Dft.threads=1 compile > log 2>&1) || { cat "$dir/log"; exit 1; }
    sed -n 's/.*"seconds" *: *\([0-9.E+-]*\).*/\1/p' "$dir/target/ft/train/training.json"
}

echo "| adapter | without Spark | one worker | two workers |"
echo "|---|---|---|---|"
row="| $((rank * 8 * (4 * (576 + 576) + 3 * (576 + 1536)) * 4 / 1000000)) MB |"
for workers in 0 1 2; do
    short=$(seconds $workers "$rank" $((epochs / 3)))
    long=$(seconds $workers "$rank" "$epochs")
    row="$row $(echo "$long $short $epochs" | awk '{ printf "%.3f s", ($1 - $2) / (6 * ($3 - int($3 / 3))) }') |"
done
echo "$row"
