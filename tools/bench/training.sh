#!/bin/sh
# Training steps of ours and of PEFT in turn, in float32 and bfloat16, for models with random weights of three sizes. The
# machine should do nothing else. PYTHON has the packages of ../requirements.txt; mvn test-compile comes first.
#
#   tools/bench/training.sh [ROUNDS] [SIZES]      SIZES: 10M 110M 390M
set -eu
rounds=${1:-2}
sizes=${2:-10M 110M 390M}
. "$(dirname "$0")/models.sh"

for size in $sizes; do
    steps=5
    [ "$size" = 390M ] && steps=3
    for round in $(seq "$rounds"); do
        for type in float32 bfloat16; do
            short=F32
            [ $type = bfloat16 ] && short=BF16
            printf '%s ' "$size"
            ours TrainingSpeed "$dir/$size/config.json" $short "$threads" 2 512 $steps
            printf '%s ' "$size"
            theirs peft_baseline.py "$dir/$size" $type "$threads" 2 512 $steps
        done
    done
done
