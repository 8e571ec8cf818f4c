// Run before ft-maven-plugin is packed: the jar holds its dependencies, so it holds their licences and notices too, in
// META-INF/licenses. `project` is ft-maven-plugin. The build fails where a dependency says nothing of its licence.
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.ZipFile
import org.apache.maven.plugin.MojoFailureException
import org.apache.maven.project.ProjectBuilder

Path licenses = Path.of(project.build.outputDirectory, "META-INF", "licenses")
licenses.toFile().deleteDir()
Files.createDirectories(licenses)
def builder = session.container.lookup(ProjectBuilder)
def request = session.projectBuildingRequest
def table = new StringBuilder("This jar holds the following libraries, unchanged.\n")
def wrong = []

project.artifacts
        .findAll { it.scope in ["compile", "runtime"] && it.groupId != project.groupId }
        .sort { "$it.groupId:$it.artifactId" }
        .each { artifact ->
    def names = builder.build(artifact, true, request).project.licenses*.name
    if (!names) {
        wrong << artifact.id
    }
    table << "\n$artifact.groupId:$artifact.artifactId:$artifact.version\n    ${names.join(', ')}\n"
    def jar = new ZipFile(artifact.file)
    try {
        jar.entries().findAll { it.name =~ /(?i)(^|\/)(licen[cs]e|notice|copying)(\.\w+)?$/ && !it.name.endsWith(".class") }.each {
            Path copy = licenses.resolve(artifact.artifactId).resolve(it.name.split("/").last())
            Files.createDirectories(copy.parent)
            Files.write(copy, jar.getInputStream(it).bytes)
            table << "    ${licenses.relativize(copy)}\n"
        }
    } finally {
        jar.close()
    }
}
if (wrong) {
    throw new MojoFailureException("No licence is known of " + wrong.join(", "))
}
Files.writeString(licenses.resolve("README.txt"), table)
