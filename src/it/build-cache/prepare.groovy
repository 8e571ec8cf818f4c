import java.nio.file.Files

// Of another directory than the module's, which the cache would not look at.
def test = new File(basedir, "shared/test.jsonl")
test.parentFile.mkdirs()
Files.copy(new File(basedir, "rows/one.jsonl").toPath(), test.toPath())
