"""Looks for dead links within the documentation site, in HTML as it was built:

    mvn verify site -DskipTests -Dinvoker.skip
    python tools/check_site.py ft-maven-plugin/target/site

Links of apidocs are javadoc's own to check, and JaCoCo's report beside the site is no part of it.
"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors.update(attributes[name] for name in ("id", "name") if attributes.get(name))
        self.links += [attributes[name] for name in ("href", "src") if attributes.get(name)]


def main():
    root = Path(sys.argv[1]).resolve()
    pages = {path: Page(path) for path in root.rglob("*.html") if path.relative_to(root).parts[0] not in ("apidocs", "jacoco")}
    links, dead = 0, []
    for path, page in sorted(pages.items()):
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            links += 1
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.exists() or (anchor and target in pages and anchor not in pages[target].anchors):
                dead.append(f"{path.relative_to(root)}: {link}")
    print(f"{len(pages)} pages, {links} links within the site, {len(dead)} dead")
    sys.exit("\n".join(dead) or (0 if links else "no links at all"))


main()
