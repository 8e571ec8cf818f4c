import groovy.json.JsonSlurper

def log = new File(basedir, "build.log").text
def pages = log.split("Plan of warm-or-cold: ").drop(1)
assert pages.size() == 3

// The model's own limit, until the examples were read.
assert pages[0] =~ /^\d+ layers? of width [\d,]+, [\d,]+ trained values, float32\./
assert pages[0] =~ /Lengths: all examples with [\d,]+ tokens, the model's limit, until ft:dataset has read them/
assert pages[0].contains("The whole training is not known before ft:dataset has read the examples.")
assert pages[1] =~ /Lengths: \d+ examples of up to \d+ tokens, \d+ on average, as ft:dataset read them\./
assert pages[1] =~ /the training of [\d,]+ steps +[\d.]+ (s|min)/
assert pages[1] =~ /in all +[\d.]+ MiB  of [\d.]+ GiB: fits/

def plan = new JsonSlurper().parse(new File(basedir, "target/ft/plan.json"))
assert plan.training.fits && plan.evaluation.fits
assert !plan.training.recompute
assert plan.training.microBatchTokens == 8192
// A base as small as this takes more while it is read than in a step.
assert plan.training.parts.values().sum() < plan.training.peakBytes
assert plan.training.steps > 0 && plan.training.seconds > 0
assert plan.machine.float32OperationsPerSecond > 1e8
assert plan.remedies == []
assert !new File(basedir, "target/ft/train").exists()

// 70 billion parameters: nothing was loaded to know that they do not fit, and training does not begin either.
assert pages[2] =~ /in all +[\d.]+ GiB  of [\d.]+ GiB: DOES NOT FIT/
def huge = new JsonSlurper().parse(new File(basedir, "target/huge/plan.json"))
assert !huge.training.fits
assert huge.training.parts.layers > 250e9
assert huge.training.parts.values().sum() == huge.training.peakBytes
assert log =~ /This training needs about [\d.]+ GiB of memory, but this machine has [\d.]+ [GM]iB: /
assert log.contains("ft:plan prints what takes how much.")
return true
