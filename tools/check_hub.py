"""Checks that the hub room and the official client share a cache.

    python tools/check_hub.py serve DIRECTORY PORT     # DIRECTORY's files as the repository acme/tiny, like a hub
    python tools/check_hub.py read CACHE               # what the official client finds there, offline
    python tools/check_hub.py fill CACHE ENDPOINT      # what it writes there

`serve` redirects small files within the hub and large ones to a second port with a signed address.
"""

import hashlib
import http.server
import os
import pathlib
import sys
import threading

ID = "acme/tiny"
COMMIT = "7ae557604adf67be50417f59c2c2f167def9a775"
LARGE = 10_000


def git_sha1(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def handler(directory, store_port):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self):
            self.answer(False)

        def do_GET(self):
            self.answer(True)

        def answer(self, body):
            path = self.path.split("?")[0]
            file = directory / path.rsplit("/", 1)[1]
            store = self.server.server_port == store_port
            if not store and f"/{ID}/" not in path:
                return self.end(404, {"X-Error-Code": "RepoNotFound"})
            if not file.is_file():
                return self.end(404, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT})
            content = file.read_bytes()
            if store:
                assert "Authorization" not in self.headers, "the token reached another host"
                return self.send(content, {"ETag": '"store"'}, body)
            if len(content) >= LARGE:
                digest = hashlib.sha256(content).hexdigest()
                return self.end(302, {
                    "X-Repo-Commit": COMMIT, "X-Linked-Etag": f'"{digest}"', "X-Linked-Size": str(len(content)),
                    "Location": f"http://127.0.0.1:{store_port}/{digest}/{file.name}?X-Signature=1"})
            if not path.startswith("/api/resolve-cache/"):
                return self.end(307, {"Location": f"/api/resolve-cache/models/{ID}/{COMMIT}/{file.name}"})
            self.send(content, {"X-Repo-Commit": COMMIT, "ETag": f'"{git_sha1(content)}"'}, body)

        def send(self, content, headers, body):
            start = int((self.headers.get("Range") or "bytes=0-")[6:].split("-")[0])
            self.send_response(206 if start else 200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            if body:
                self.wfile.write(content[start:])

        def end(self, status, headers):
            self.send_response(status)
            for name, value in {**headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

    return Handler


def serve(directory, port):
    servers = [
        http.server.ThreadingHTTPServer(("127.0.0.1", p), handler(pathlib.Path(directory), port + 1))
        for p in (port, port + 1)
    ]
    for server in servers[1:]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    servers[0].serve_forever()


def main():
    command, *arguments = sys.argv[1:]
    if command == "serve":
        serve(arguments[0], int(arguments[1]))
        return
    os.environ["HF_HUB_CACHE"] = arguments[0]
    os.environ["HF_ENDPOINT"] = arguments[1] if command == "fill" else "http://localhost:1"
    os.environ["HF_HUB_OFFLINE"] = "0" if command == "fill" else "1"
    import huggingface_hub
    from huggingface_hub import hf_hub_download, try_to_load_from_cache

    print("huggingface_hub", huggingface_hub.__version__)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors",
                 "generation_config.json", "special_tokens_map.json", "added_tokens.json", "chat_template.jinja",
                 "chat_template.json", "additional_chat_templates/default.jinja",
                 "additional_chat_templates/tool_use.jinja"):
        try:
            path = hf_hub_download(ID, name, revision=COMMIT)
            print(name, os.path.getsize(path), os.readlink(path))
        except huggingface_hub.errors.EntryNotFoundError as e:
            print(name, type(e).__name__, try_to_load_from_cache(ID, name, revision=COMMIT))


main()
