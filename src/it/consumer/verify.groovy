// The consumer's own test has read the adapter from its class path.
def report = new File(basedir, "consumer/target/surefire-reports/it.ConsumerTest.txt").text
assert report.contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0")
