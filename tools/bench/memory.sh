#!/bin/sh
# Peak memory of training as ft:plan says it, beside what is measured, for models with random weights of three sizes: each in
# float32 and bfloat16, as it is and as NF4, with and without recomputation. The peak still grows in the first steps, so there
# are some. mvn test-compile comes first. Linux only.
#
#   tools/bench/memory.sh [SIZES]      SIZES: 10M 110M 390M
set -eu
sizes=${1:-10M 110M 390M}
. "$(dirname "$0")/models.sh"

echo "| model | computed in | quantized | recomputed | planned | measured | difference |"
echo "|---|---|---|---|---|---|---|"
for size in $sizes; do
    steps=40
    [ "$size" = 110M ] && steps=12
    [ "$size" = 390M ] && steps=4
    for type in F32 BF16; do
        for format in NONE NF4_DOUBLE; do
            for recompute in off on; do
                ours training.TrainingPeak "$size" "$dir/$size/config.json" $type $format $recompute 2 512 $steps | grep '^|'
            done
        done
    done
done
