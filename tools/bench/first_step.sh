#!/bin/sh
# From the line in which Maven names the goal ft:train to the first record of a training step in train/log.jsonl, for the
# example clause-triage: seconds of wall time, and what part of them each process had. The plugin and the example's base must be
# installed (mvn install -DskipTests -Dinvoker.skip; the README of the example says how to get its base).
#
#   tools/bench/first_step.sh [RUNS]
#
# MVN is another Maven.
set -eu
runs=${1:-3}
mvn=${MVN:-mvn}
root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp -r "$root/examples/clause-triage/." "$dir"
rm -rf "$dir/target"

now() { date +%s.%N; }
wait_for() { # FILE PATTERN
    until grep -q "$2" "$1" 2> /dev/null; do
        kill -0 "$maven" 2> /dev/null || { cat "$dir/console"; exit 1; }
        sleep 0.01
    done
    now
}

for run in $(seq "$runs"); do
    rm -rf "$dir/target" "$dir/cache" "$dir/console"
    (cd "$dir" && exec "$mvn" -o -B compile -Dft.cacheDirectory="$dir/cache" > "$dir/console" 2>&1) &
    maven=$!
    began=$(now)
    goal=$(wait_for "$dir/console" '^\[INFO\] --- ft.*:train')
    first=$(wait_for "$dir/target/ft/train/log.jsonl" '"step"')
    echo "$began $goal $first" | awk '{ printf "Maven began the goal after %.2f s; the first step was done %.2f s later\n", $2 - $1, $3 - $2 }'
    kill "$maven"
    wait "$maven" 2> /dev/null || true
done
