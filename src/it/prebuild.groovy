// Run before each project: fills in what it does not bring itself. See WRITING_ITS.md.
import java.nio.file.Files

// The invoker takes the script's directory for the project's: <project>/../../../../src/it.
def project = basedir
while (project.path.contains("..")) {
    project = project.parentFile
}
def repository = new File(project, "../../../..")
def ft = new File(project, "src/main/ft")
if (new File(project, "adapter").isDirectory()) {
    ft = new File(project, "adapter/src/main/ft")
}

def copy = { File from, File to ->
    if (!to.exists()) {
        to.parentFile.mkdirs()
        Files.copy(from.toPath(), to.toPath())
    }
}

def shared = new File(repository, "src/it/shared")
shared.eachFileRecurse(groovy.io.FileType.FILES) {
    copy(it, new File(ft, shared.toPath().relativize(it.toPath()).toString()))
}
def model = new File(repository, "ft-runtime/src/test/resources/models/tiny-llama")
["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"].each {
    copy(new File(model, it), new File(ft, "model/" + it))
}

// A cache of its own for results; native libraries are not unpacked once more.
def ownCache = { String name ->
    def cache = new File(project, name)
    cache.mkdirs()
    def djl = new File(System.getProperty("user.home"), ".m2/ft-cache/djl")
    djl.mkdirs()
    Files.createSymbolicLink(new File(cache, "djl").toPath(), djl.toPath())
    return cache
}

def prepare = new File(project, "prepare.groovy")
if (prepare.exists()) {
    new GroovyShell(new Binding(basedir: project, ft: ft, ownCache: ownCache)).evaluate(prepare)
}
return true
