"""A judge whose answers are known: an OpenAI-compatible server on a free port of this machine.

A chat is answered with what stands behind the last `REPLY:` in its last message. An embedding counts the letters a to h.
Tokens are the characters of the messages and of the answer. `requests` holds the bodies of all requests.
"""

import http.server
import json
import threading


def reply(body):
    """The answer to a request's body, by its path's last part."""
    if "input" in body:
        text = body["input"].lower()
        return {
            "data": [{"embedding": [float(text.count(letter)) for letter in "abcdefgh"]}],
            "usage": {"prompt_tokens": len(text), "completion_tokens": 0, "total_tokens": len(text)},
        }
    asked = sum(len(message["content"]) for message in body["messages"])
    answer = body["messages"][-1]["content"].rpartition("REPLY:")[2].strip()
    return {
        "choices": [{"message": {"role": "assistant", "content": answer}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": asked, "completion_tokens": len(answer), "total_tokens": asked + len(answer)},
    }


class JudgeServer(http.server.ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests = []

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.startswith("/webhook"):
            answer = {"pass": "good" in body["output"], "score": 0.75, "reason": "by the hook"}
        else:
            answer = reply(body)
        self.server.requests.append(body)
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass
