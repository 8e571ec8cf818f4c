#!/bin/sh
# Everything that docs/performance.md has goals for, on a machine that does nothing else: an hour. PYTHON has the packages of
# ../requirements.txt; mvn install -DskipTests -Dinvoker.skip comes first.
set -eu
cd "$(dirname "$0")"
echo "== training, full sequences" && ./training.sh
echo "== training, natural lengths" && LENGTHS=natural ./training.sh 2 "10M 110M"
echo "== answers" && ./decoding.sh
echo "== cost against length, rank, batch and rows" && ./cost.sh
echo "== memory, planned and measured" && ./memory.sh
echo "== models of 1 and 8 billion parameters"
./large_shapes.sh 1B BF16 none 1024 1 1
./large_shapes.sh 1B BF16 NF4_DOUBLE 1024 1 1
./large_shapes.sh 8B BF16 NF4_DOUBLE 256 1 2
echo "== a million short examples" && ./dataset.sh
echo "== the first step of the example" && ./first_step.sh
echo "== a build in which nothing changed" && ./no_change.sh 15
