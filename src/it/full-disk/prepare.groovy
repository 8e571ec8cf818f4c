// A file that may not grow stands for a disk that is full: both end a write with an error.

ownCache("cache")

def script = { String name, String text ->
    def file = new File(basedir, name)
    file.text = "#!/bin/bash\n$text\n"
    file.executable = true
}
def java = new File(System.getProperty("java.home"), "bin/java").path
script("small-files-java", "ulimit -S -f 70; exec '$java' -XX:-UsePerfData \"\$@\"")
script("large-files-java", "ulimit -S -f unlimited; exec '$java' \"\$@\"")
script("small-files-mvn", "ulimit -S -f 70; export MAVEN_OPTS=\"\$MAVEN_OPTS -XX:-UsePerfData\"; exec '${System.getProperty("maven.home")}/bin/mvn' \"\$@\"")

def spec = new File(ft, "fine-tune.yaml")
spec.text = spec.text.replace("epochs: 60", "epochs: 2").replaceAll(/(?s)acceptance:.*/, "")
return true
