"""Checks what a release would upload to Maven Central, as the release profile leaves it when nothing is uploaded:

    mvn deploy -Prelease -DskipUpload -DskipTests -Dinvoker.skip
    python tools/check_bundle.py target/central-publishing/central-bundle.zip

Every file needs a signature that gpg knows the key of, and right MD5 and SHA-1 sums; every module but the parent a jar, its
sources and its javadoc. Prints the files, and fails where one is missing or wrong.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SUMS = ("md5", "sha1", "sha256", "sha512")
MODULES = ("ft-langchain4j", "ft-maven-plugin", "ft-parquet", "ft-runtime")


def main():
    wrong = []
    with tempfile.TemporaryDirectory() as directory, zipfile.ZipFile(sys.argv[1]) as bundle:
        bundle.extractall(directory)
        files = sorted(path for path in Path(directory).rglob("*") if path.is_file())
        artifacts = [file for file in files if file.suffix.removeprefix(".") not in (*SUMS, "asc")]
        for file in artifacts:
            print(f"{file.stat().st_size:>9}  {file.relative_to(directory)}")
            for kind in SUMS:
                sum_file = file.with_name(f"{file.name}.{kind}")
                if not sum_file.exists():
                    if kind in ("md5", "sha1"):
                        wrong.append(f"{sum_file.name} is missing")
                elif sum_file.read_text().split()[0] != hashlib.new(kind, file.read_bytes()).hexdigest():
                    wrong.append(f"{sum_file.name} is not of {file.name}")
            signature = file.with_name(file.name + ".asc")
            if not signature.exists():
                wrong.append(f"{signature.name} is missing")
            elif subprocess.run(["gpg", "--verify", signature, file], capture_output=True).returncode != 0:
                wrong.append(f"{signature.name} is no signature of {file.name} that gpg accepts")
        names = {(file.parent.parent.name, file.name.removeprefix(f"{file.parent.parent.name}-{file.parent.name}")) for file in artifacts}
        expected = {("ft-parent", ".pom")}
        expected |= {(module, end) for module in MODULES for end in (".pom", ".jar", "-sources.jar", "-javadoc.jar")}
        wrong += [f"{module}: *{end} is missing" for module, end in sorted(expected - names)]
        print(f"{len(artifacts)} artifacts, {len(files)} files")
    sys.exit("\n".join(wrong) or 0)


main()
