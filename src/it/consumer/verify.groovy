// The consumer's own tests have asked the adapter on their class path.
def report = new File(basedir, "consumer/target/surefire-reports/it.ConsumerTest.txt").text
assert report.contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0")
