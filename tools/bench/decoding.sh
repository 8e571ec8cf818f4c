#!/bin/sh
# Greedy answers of ours and of transformers' generate in turn, one prompt and 16 at once, for models with random weights. The
# machine should do nothing else. PYTHON has the packages of ../requirements.txt; mvn test-compile comes first.
#
#   tools/bench/decoding.sh [ROUNDS] [SIZES] [TYPES]      SIZES: 10M 110M 390M   TYPES: float32 bfloat16
set -eu
rounds=${1:-2}
sizes=${2:-10M 110M}
types=${3:-float32 bfloat16}
. "$(dirname "$0")/models.sh"

for size in $sizes; do
    for type in $types; do
        short=F32
        [ "$type" = bfloat16 ] && short=BF16
        for batch in 1 16; do
            for round in $(seq "$rounds"); do
                printf '%-4s ' "$size"
                ours DecodingSpeed "$dir/$size/config.json" $short "$threads" $batch 32 64 5
                printf '%-4s ' "$size"
                theirs generate_baseline.py "$dir/$size" "$type" "$threads" $batch 32 64 5
            done
        done
    done
done
