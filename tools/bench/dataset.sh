#!/bin/sh
# Rate and peak memory of compiling a dataset: rows of random words, read, tokenized and laid out, and checked, then again with
# one row more. Each size runs in a process of its own with a heap of HEAP (1g). mvn test-compile comes first. Linux only.
#
#   tools/bench/dataset.sh [ROWS:CHARACTERS ...]      the characters of a question; 1000000:40 for short ones
#
# MODEL is a directory with a tokenizer, DIRECTORY has room for three times the data.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d "${DIRECTORY:-/tmp}/ft-dataset.XXXXXX")
trap 'rm -rf "$dir"' EXIT
(cd "$root" && mvn -o -q -pl ft-runtime dependency:build-classpath -Dmdep.outputFile="$dir/cp" -DincludeScope=test)
cp=$root/ft-runtime/target/test-classes:$root/ft-runtime/target/classes:$(cat "$dir/cp")
model=${MODEL:-$root/ft-runtime/src/test/resources/models/tiny-llama}

echo "| rows | data | reading | tokenizing | checks and files | heap | resident |"
echo "|---|---|---|---|---|---|---|"
for size in "${@:-1000000:40}"; do
    DJL_CACHE_DIR=$root/ft-runtime/target/djl java "-Xmx${HEAP:-1g}" -Dai.djl.offline=true \
        -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$cp" io.github.ftmaven.runtime.dataset.DatasetMemory \
        "$dir/$size" "$model" "${size%:*}" "${size#*:}"
    rm -rf "${dir:?}/$size"
done
