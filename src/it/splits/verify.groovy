import groovy.json.JsonSlurper

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1) as List
assert builds.size() == 5
def all = "src/main/ft/data/all.jsonl"

assert builds[0].contains("$all:1: has no 'contract' that is a text or a number, but dataset.split.groupBy names it.".toString())
assert builds[0].contains("And 50 more rows with problems.")
assert builds[0].contains("MojoFailureException")

assert builds[1].contains("Dataset: train on data/all.jsonl; validate on 10 % of it; test on 20 % of it (grouped by round).")
assert builds[2].contains("Dataset: train on data/all.jsonl; validate on 10 % of it; test on its rows from 8 on (the newest by round).")
assert builds[3].contains("Dataset: train on data/all.jsonl; validate on 10 % of it; test on 20 % of it (stratified by label).")

def rows = { String directory, String split ->
    new File(basedir, "target/$directory/${split}.jsonl").readLines().collect { new JsonSlurper().parseText(it) }
}
def splits = ["train", "validation", "test"]
def sources = { String directory ->
    splits.collectEntries { split -> [split, rows(directory, split)*.source as Set] }
}
def round = { row -> row.messages[0].content.split(" ")[1] as int }

def grouped = splits.collect { split -> rows("grouped", split).collect(round) as Set }
assert grouped.every { !it.isEmpty() }
assert grouped.sum { it.size() } == 10
assert rows("grouped", "test").every { it.metadata == [group: "${round(it)}".toString(), round: "${round(it)}".toString()] }

assert rows("timed", "test").collect(round) as Set == [8, 9] as Set
assert rows("timed", "validation").collect(round) as Set == [7] as Set
assert rows("timed", "train").size() == 42

def before = sources("before")
assert before.values().sum { it.size() } == 60
def labels = rows("before", "test").countBy { it.messages[1].content }
assert labels.keySet() == ["warm", "cold"] as Set
assert labels.values().every { it in 5..6 }
assert new JsonSlurper().parse(new File(basedir, "target/ft/summary.json")).verdict == "PASS"

def after = sources("ft/dataset")
assert after.values().sum { it.size() } == 78
splits.each { assert after[it].containsAll(before[it]) }
