// Run before the site is rendered: takes the pages from the Markdown of the repository as it is, and makes their links those
// of the site. `project` is ft-maven-plugin, whose site this is.
import groovy.io.FileType
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import org.apache.maven.plugin.MojoFailureException

Path repository = project.basedir.toPath().parent
Path generated = Path.of(project.build.directory, "generated-site")
Path markdown = generated.resolve("markdown")
generated.toFile().deleteDir()
Files.createDirectories(markdown)

if (!Files.exists(Path.of(project.build.directory, "plugin-enhanced.xml"))) {
    throw new MojoFailureException("The goals are not known yet. Run: mvn verify site -DskipTests -Dinvoker.skip")
}

// Page of the repository -> page of the site.
def pages = [
    "README.md": "index",
    "ARCHITECTURE.md": "architecture",
    "CHANGELOG.md": "changelog",
    "CONTRIBUTING.md": "contributing",
    ".github/SECURITY.md": "security",
    "src/it/WRITING_ITS.md": "writing-its",
    "tools/README.md": "tools",
]
repository.resolve("docs").toFile().eachFileMatch(FileType.FILES, ~/.*\.md/) {
    pages["docs/" + it.name] = it.name - ".md"
}
repository.resolve("examples").toFile().eachDir {
    if (new File(it, "README.md").exists()) {
        pages["examples/${it.name}/README.md".toString()] = "example-" + it.name
    }
}

def copyTree = { Path from, Path to ->
    from.toFile().eachFileRecurse(FileType.FILES) {
        Path copy = to.resolve(from.relativize(it.toPath()).toString())
        Files.createDirectories(copy.parent)
        Files.copy(it.toPath(), copy, StandardCopyOption.REPLACE_EXISTING)
    }
}
copyTree(project.basedir.toPath().resolve("src/site/resources"), generated.resolve("resources"))
if (Files.isDirectory(repository.resolve("docs/images"))) {
    copyTree(repository.resolve("docs/images"), generated.resolve("resources/images"))
}
["ft-runtime", "ft-langchain4j"].each {
    Path apidocs = repository.resolve(it).resolve("target/reports/apidocs")
    if (Files.isDirectory(apidocs)) {
        copyTree(apidocs, generated.resolve("resources/apidocs").resolve(it))
    }
}

// Where a link of a page leads on the site; what is no page of it is read where the sources are.
def target = { String page, String link ->
    if (link ==~ /(?i)([a-z][a-z0-9+.-]*:|\/\/|#).*/) {
        return link
    }
    def hash = link.indexOf("#")
    def fragment = hash < 0 ? "" : link.substring(hash)
    Path source = repository.resolve(page)
    Path file = source.resolveSibling(hash < 0 ? link : link.substring(0, hash)).normalize()
    if (!Files.exists(file)) {
        throw new MojoFailureException("$page: nothing is at $link")
    }
    def name = repository.relativize(file).toString().replace(File.separator, "/")
    def known = pages[name] ?: pages[name + "/README.md"]
    if (known) {
        return known + ".html" + fragment
    }
    if (name.startsWith("docs/images/")) {
        return name - "docs/"
    }
    return project.scm.url + (Files.isDirectory(file) ? "/tree/HEAD/" : "/blob/HEAD/") + name + fragment
}

// Code, in which nothing is a link or a heading; the target of a link; a heading.
def parts = ~("(?ms)" + [
    /(?<code>^ *(?<fence>```+|~~~+).*?^ *\k<fence>`* *$|(?<ticks>`+)(?!`).+?(?<!`)\k<ticks>(?!`))/,
    /(?<before>\]\(|(?:href|src)=")(?<link>[^)\s"]+)/,
    /^(?<level>#{1,6}) +(?<heading>[^\n]+)/,
].join("|"))
pages.each { page, name ->
    def text = repository.resolve(page).toFile().getText("UTF-8")
    def anchors = [] as Set
    def matcher = parts.matcher(text)
    def out = new StringBuilder()
    def convert
    convert = { String piece ->
        def result = new StringBuilder()
        def end = 0
        def m = parts.matcher(piece)
        while (m.find()) {
            result << piece.substring(end, m.start())
            end = m.end()
            if (m.group("code")) {
                result << m.group("code")
            } else if (m.group("link")) {
                result << m.group("before") << target(page, m.group("link"))
            } else {
                // The anchor that GitHub makes of a heading.
                def words = m.group("heading").trim()
                def anchor = words.replaceAll(/\[([^\]]*)\]\([^)]*\)/, '$1').toLowerCase(Locale.ROOT)
                        .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/, "").replace(" ", "-")
                def unique = anchor
                for (int i = 1; !anchors.add(unique); i++) {
                    unique = anchor + "-" + i
                }
                result << m.group("level") << " <a id=\"" << unique << "\"></a>" << convert(words)
            }
        }
        return result << piece.substring(end)
    }
    markdown.resolve(name + ".md").toFile().setText(convert(text).toString(), "UTF-8")
}

// The menu, without what this build has not.
def menu = new File(project.basedir, "src/site/site.xml").getText("UTF-8")
def built = { String href ->
    href == "plugin-info.html" || pages.values().contains(href - ".html")
            || Files.exists(generated.resolve("resources").resolve(href))
}
def descriptor = new File(project.build.directory, "site-descriptor/site.xml")
descriptor.parentFile.mkdirs()
descriptor.setText(
        menu.replaceAll(/(?m)^ *<item name="[^"]*" href="([^"]*)"\/>\n/) { built(it[1]) ? it[0] : "" }, "UTF-8")
log.info("${pages.size()} pages of the repository are pages of the site.")
