import groovy.json.JsonSlurper

def bytes = { new File(basedir, it).bytes }
["first", "second"].each {
    assert bytes("$it/target/$it-1.0.jar") == bytes("$it/sequential/$it-1.0.jar")
    assert new JsonSlurper().parse(new File(basedir, "$it/target/ft/summary.json")).verdict == "PASS"
}
assert bytes("first/target/ft/train/adapter/adapter_model.safetensors") != bytes("second/target/ft/train/adapter/adapter_model.safetensors")

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 2
builds.each { assert it.contains("BUILD SUCCESS") }
assert builds[0].contains("Using the MultiThreadedBuilder implementation with a thread count of 2")
