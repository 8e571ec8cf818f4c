import java.nio.file.Files

def copy = { File from, File to ->
    from.eachFileRecurse(groovy.io.FileType.FILES) {
        def target = new File(to, from.toPath().relativize(it.toPath()).toString())
        target.parentFile.mkdirs()
        Files.copy(it.toPath(), target.toPath())
    }
}
copy(new File(basedir, "src"), new File(basedir, "elsewhere/deeper/src"))
Files.copy(new File(basedir, "pom.xml").toPath(), new File(basedir, "elsewhere/deeper/pom.xml").toPath())

copy(new File(ft, "model"), new File(ft, "odd"))
def tokenizer = new File(ft, "odd/tokenizer.json")
def text = tokenizer.getText("UTF-8")
tokenizer.setText(text.replace('"add_prefix_space": false', '"add_prefix_space": true'), "UTF-8")
assert tokenizer.getText("UTF-8") != text
return true
