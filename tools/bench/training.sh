#!/bin/sh
# Training steps of ours and of PEFT in turn, in float32 and bfloat16, for models with random weights of three sizes. The
# machine should do nothing else. LENGTHS are those of a step's sequences: 512,512, or "natural" for 32 of the lengths that
# Banking77's questions have with their labels (quantiles, at four characters a token). PYTHON has the packages of
# ../requirements.txt; mvn test-compile comes first.
#
#   tools/bench/training.sh [ROUNDS] [SIZES]      SIZES: 10M 110M 390M
set -eu
rounds=${1:-2}
sizes=${2:-10M 110M 390M}
. "$(dirname "$0")/models.sh"
lengths=${LENGTHS:-512,512}
[ "$lengths" = natural ] && lengths=14,15,16,17,17,18,18,18,19,19,20,20,20,21,21,22,22,22,23,23,24,25,25,26,27,29,30,33,37,42,49,62

for size in $sizes; do
    steps=5
    [ "$size" = 390M ] && steps=3
    for round in $(seq "$rounds"); do
        for type in float32 bfloat16; do
            short=F32
            [ $type = bfloat16 ] && short=BF16
            printf '%s ' "$size"
            ours decoder.TrainingSpeed "$dir/$size/config.json" $short "$threads" $lengths $steps
            printf '%s ' "$size"
            theirs peft_baseline.py "$dir/$size" $type "$threads" $lengths $steps
        done
    done
done
