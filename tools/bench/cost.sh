#!/bin/sh
# What a training step costs as length, rank, batch and learnt rows grow: writes docs/performance/cost.csv and its plot. The
# machine should do nothing else. PYTHON needs no packages here; mvn test-compile comes first.
#
#   tools/bench/cost.sh [STEPS] [SIZE]      SIZE: 10M 110M 390M
set -eu
steps=${1:-5}
size=${2:-10M}
. "$(dirname "$0")/models.sh"

out=$root/docs/performance/cost.csv
mkdir -p "$(dirname "$out")"
echo "type,varied,value,seconds" > "$dir/cost.csv"
for type in F32 BF16; do
    ours TrainingCost "$dir/$size/config.json" $type "$threads" "$steps" | tee -a "$dir/cost.csv"
done
cp "$dir/cost.csv" "$out"
theirs plot_cost.py "$out" "${out%.csv}.svg"
