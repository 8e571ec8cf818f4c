#!/bin/sh
# What a build in which nothing changed costs: processor seconds of Maven with the goals of this plugin and without them, in
# turn, the same project otherwise. The plugin must be installed (mvn install -DskipTests -Dinvoker.skip).
#
#   tools/bench/no_change.sh [RUNS] [GOALS]      GOALS: verify, or only validate
#
# MVN is another Maven; ARGS are for the builds with the plugin only: ARGS=-Dft.skip tells what it costs to load it. KEEP=1
# keeps the project.
set -eu
runs=${1:-10}
goals=${2:-verify}
mvn=${MVN:-mvn}
root=$(cd "$(dirname "$0")/../.." && pwd)
group=$(sed -n 's:.*<groupId>\(.*\)</groupId>.*:\1:p' "$root/pom.xml" | head -1)
version=$(sed -n 's:.*<version>\(.*-SNAPSHOT\|[0-9.]*\)</version>.*:\1:p' "$root/pom.xml" | head -1)
dir=$(mktemp -d)
trap '[ -n "${KEEP:-}" ] || rm -rf "$dir"' EXIT

ft=$dir/src/main/ft
mkdir -p "$ft/model" "$dir/src/main/java/it"
cp "$root/src/it/jar-module/src/main/java/it/Service.java" "$dir/src/main/java/it/"
cp -r "$root/src/it/shared/." "$ft/"
sed -i 's/epochs: .*/epochs: 20/' "$ft/fine-tune.yaml"
for file in config.json tokenizer.json tokenizer_config.json model.safetensors; do
    cp "$root/ft-runtime/src/test/resources/models/tiny-llama/$file" "$ft/model/"
done
sed -e "s/@project.groupId@/$group/" -e 's/@project.artifactId@/ft-maven-plugin/' \
    -e "s/@project.version@/$version/" -e '/Another adapter/,/<\/execution>/d' "$root/src/it/jar-module/pom.xml" > "$dir/with.xml"
# The last <plugins> of the file are ours.
awk '/<plugins>/ { n++ } n == 2 { skip = 1 } !skip { print } /<\/plugins>/ && skip { skip = 0; n = 3 }' \
    "$dir/with.xml" > "$dir/without.xml"

build() { (cd "$dir" && "$mvn" -o -B -q -Dft.cacheDirectory="$dir/cache" -f "$@" > "$dir/log" 2>&1) || { cat "$dir/log"; exit 1; }; }
# User and system time of all that a build started, in hundredths of a second.
cost() {
    before=$(awk '{ print $16 + $17 }' /proc/$$/stat)
    if [ "$1" = with.xml ]; then build "$1" "$goals" ${ARGS:-}; else build "$1" "$goals"; fi
    echo $(($(awk '{ print $16 + $17 }' /proc/$$/stat) - before)) >> "$dir/$1.cost"
}

build with.xml verify
build without.xml verify
for run in $(seq "$runs"); do
    cost with.xml
    cost without.xml
done
for pom in with without; do
    sort -n "$dir/$pom.xml.cost" | awk -v name="$pom" '{ c[NR] = $1 / 100 }
        END { printf "%-8s minimum %.2f s, median %.2f s, maximum %.2f s (%d runs)\n", name, c[1], c[int((NR + 1) / 2)], c[NR], NR }'
done
paste "$dir/with.xml.cost" "$dir/without.xml.cost" | awk '{ print ($1 - $2) / 100 }' | sort -n | awk '{ c[NR] = $1 }
    END { printf "%-8s median %.2f s, from %.2f to %.2f s, pair by pair\n", "more", c[int((NR + 1) / 2)], c[1], c[NR] }'
