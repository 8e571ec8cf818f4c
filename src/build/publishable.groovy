// Run in each module at the end of every build: fails where Maven Central would refuse the upload, or where it would be
// incomplete. `project` is the module; what its build made and attached is what a release uploads.
import java.util.zip.ZipFile
import org.apache.maven.model.io.xpp3.MavenXpp3Reader
import org.apache.maven.plugin.MojoFailureException

def model = project.model
def wrong = []
def want = { condition, String problem ->
    if (!condition) {
        wrong << problem
    }
}

// Maven hands these two down to no module, or to every one.
want(project.originalModel.name, "<name> is missing")
want(project.originalModel.description, "<description> is missing")
want(model.url, "<url> is missing")
want(model.inceptionYear, "<inceptionYear> is missing")
want(model.licenses && model.licenses.every { it.name && it.url }, "<licenses> needs licenses, each with a name and a url")
want(model.developers && model.developers.every { it.name }, "<developers> needs developers, each with a name")
["connection", "developerConnection", "url"].each { want(model.scm?."$it", "<scm> lacks $it") }
// A dead link, where Maven appends the names of modules.
want(model.url == model.scm?.url, "<url> is ${model.url}, but <scm> has ${model.scm?.url}")
if (!project.version.endsWith("-SNAPSHOT")) {
    (model.dependencies + (model.dependencyManagement?.dependencies ?: []) + model.build.plugins).each {
        want(!it.version?.endsWith("-SNAPSHOT"), "a release depends on $it")
    }
}

def names = { File jar ->
    def zip = new ZipFile(jar)
    try {
        return zip.entries().collect { it.name } as Set
    } finally {
        zip.close()
    }
}
def files = [project.artifact] + project.attachedArtifacts
def file = { String classifier ->
    def found = files.findAll { (it.classifier ?: "") == classifier && it.artifactHandler.extension == "jar" }
    want(found.size() == 1, "${found.size()} artifacts instead of one: ${classifier ?: 'the jar itself'}")
    def made = found ? found[0].file : null
    want(made?.isFile(), "nothing was made: ${classifier ?: 'the jar itself'}")
    return made?.isFile() ? names(made) : [] as Set
}

if (project.packaging != "pom") {
    def main = file("")
    def sources = file("sources")
    def javadoc = file("javadoc")
    if (project.packaging == "maven-plugin") {
        want(main.contains("META-INF/maven/plugin.xml"), "the jar lacks META-INF/maven/plugin.xml")
        // It holds what it depends on, with its licences, and its pom says so.
        want(main.contains("META-INF/licenses/README.txt"), "the jar lacks META-INF/licenses/README.txt")
        project.file.withReader { new MavenXpp3Reader().read(it) }.dependencies.each {
            want(it.scope in ["provided", "test"], "$it.artifactId is in the jar, and the pom wants it all the same")
        }
    }
    want(javadoc.contains("index.html"), "the javadoc jar lacks index.html")
    def count = 0
    project.compileSourceRoots.collect { new File(it) }.findAll { it.isDirectory() }.each { root ->
        root.eachFileRecurse(groovy.io.FileType.FILES) {
            def name = root.toURI().relativize(it.toURI()).path
            if (!name.endsWith(".java")) {
                return
            }
            count++
            def type = name - ~/\.java$/
            want(sources.contains(name), "the sources jar lacks $name")
            if (type.endsWith("package-info")) {
                return
            }
            want(main.contains(type + ".class"), "the jar lacks ${type}.class")
            if (it.getText("UTF-8") =~ /(?m)^public .*\b(class|interface|record|enum) ${it.name - '.java'}\b/) {
                want(javadoc.contains(type + ".html"), "the javadoc jar lacks ${type}.html")
            }
        }
    }
    want(count > 0, "there are no sources")
}

if (wrong) {
    throw new MojoFailureException(
            "Maven Central would refuse ${project.artifactId}, or get it incomplete:\n- " + wrong.join("\n- "))
}
