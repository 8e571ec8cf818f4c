import groovy.json.JsonSlurper

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 7
assert builds[0].contains("acceptance[0], over: released, is not applied: this is the first release")
assert builds[0].contains("The only acceptance rule was not applied: any quality is accepted.")

def listing = "The last release of it:released-http could not be determined: "
def fetching = "The released adapter it:released-http:1.0 could not be downloaded: "
assert builds[1].contains(listing) && builds[1].contains("401")
assert builds[2].contains(fetching) && builds[2].contains("503")
assert builds[3].contains(fetching)
assert builds[4].contains(fetching) && builds[4].contains("Checksum validation failed")
assert builds[5].contains(listing)
builds[1..5].each {
    assert it =~ /Failed to execute goal .*:evaluate .* on project released-http/
    assert it.contains("Without it a rule over: released would let any quality pass.")
    assert it.contains("MojoExecutionException")
}

// Nothing of what went wrong is left: the same adapter on the same questions gains nothing and loses nothing.
assert builds[6] =~ /Looking for the last release of it:released-http in: releases \(http:\/\/localhost:\d+\/well\), local\.central \(file:.*, the mirror of .*releases.*\)\./
assert builds[6].contains("The last release is it:released-http:1.0, in releases.")
assert builds[6].contains("it:released-http:1.0 is compared by the scores of its release (test).")
assert builds[6] =~ /accuracy over released\s+\+0\.0000\s.*PASS/
def summary = new JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.verdict == "PASS"
assert summary.baseline.name == "it:released-http:1.0"

// The first release went through the server, and of the second nothing is anywhere.
def requests = new File(basedir, "requests.log").readLines()
assert requests.contains("PUT /well/it/released-http/1.0/released-http-1.0.jar")
["unavailable", "cut", "altered"].each {
    assert requests.contains("GET /" + it + "/it/released-http/1.0/released-http-1.0.jar")
}
assert requests.contains("GET /never/it/released-http/maven-metadata.xml")
assert !requests.any { it.contains("1.1") }
assert !new File(localRepositoryPath, "it/released-http/1.1").exists()
