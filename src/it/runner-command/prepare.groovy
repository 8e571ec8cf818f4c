// Each spec differs from the shared one only in its command: a Java program, which any machine of the build can run.
def java = new File(System.getProperty("java.home"), "bin/java").path
def there = new File(basedir, "there")
def program = new File(basedir, "Elsewhere.java")
def spec = new File(ft, "fine-tune.yaml").text
["command", "nothing", "key", "nan", "shape", "killed", "loud", "never"].each { mode ->
    new File(ft, mode + ".yaml").text = spec.replace("training:\n", "training:\n  runner: command\n") +
        "runner:\n  command: \"'" + java.replace("\\", "/") + "' '" + program.path.replace("\\", "/") + "' " + mode +
        " '{request}' '" + new File(there, mode).path.replace("\\", "/") + "' {key}\"\n"
}
return true
