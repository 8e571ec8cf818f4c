"""Runs a command in a pseudo terminal and draws what the terminal shows at the end, all lines of it, as SVG:

    pip install pyte==0.8.2
    rm -rf examples/clause-triage/target ~/.m2/ft-cache/results
    python tools/record_console.py docs/images/console.svg examples/clause-triage mvn verify

Nothing is left out or altered, but for blank lines at the end.
"""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from itertools import groupby
from xml.sax.saxutils import escape

import pyte

COLUMNS, LINES = 104, 400
WIDTH, HEIGHT, MARGIN = 8.4, 19, 16
NO_BREAK = "\u00a0"  # SVG makes one space of several.
BACKGROUND, FOREGROUND = "#1e2127", "#d7dae0"
COLOURS = {
    "red": "#e06c75", "green": "#98c379", "brown": "#e5c07b", "blue": "#61afef", "magenta": "#c678dd", "cyan": "#56b6c2",
    "black": "#5c6370", "white": "#ffffff",
}


def record(directory, command):
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    stream.feed(("\x1b[32m$\x1b[0m \x1b[1m" + " ".join(command) + "\x1b[0m\r\n").encode())
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    process = subprocess.Popen(command, cwd=directory, stdin=side, stdout=side, stderr=side, start_new_session=True)
    os.close(side)
    while True:
        try:
            data = os.read(main, 65536)
        except OSError:  # Linux says so when the last one closes the other side.
            break
        if not data:
            break
        stream.feed(data)
    if process.wait() != 0:
        print("\n".join(line.rstrip() for line in screen.display).rstrip())
        sys.exit(f"the command failed: {process.returncode}")
    return screen


def line(screen, y):
    cells = [screen.buffer[y][x] for x in range(COLUMNS)]
    spans, x = [], 0
    for (colour, bold), run in groupby(cells, key=lambda cell: (cell.fg, cell.bold)):
        text = "".join(cell.data for cell in run)
        if text.strip():
            start = x + len(text) - len(text.lstrip())
            style = f' fill="{COLOURS[colour]}"' if colour in COLOURS else ""
            style += ' font-weight="bold"' if bold else ""
            spans.append(f'<tspan x="{MARGIN + start * WIDTH:.1f}"{style}>{escape(text.strip(" ")).replace(" ", NO_BREAK)}</tspan>')
        x += len(text)
    return f'<text y="{MARGIN + (y + 0.75) * HEIGHT:.1f}">{"".join(spans)}</text>' if spans else ""


def main():
    target, directory, *command = sys.argv[1:]
    screen = record(directory, command)
    used = max(y for y in range(LINES) if screen.display[y].strip()) + 1
    width, height = COLUMNS * WIDTH + 2 * MARGIN, used * HEIGHT + 2 * MARGIN
    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}"',
        f'     font-family="ui-monospace, \'DejaVu Sans Mono\', Menlo, Consolas, monospace" font-size="14" fill="{FOREGROUND}">',
        f"<title>{escape(' '.join(command))}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>',
        *filter(None, (line(screen, y) for y in range(used))),
        "</svg>",
    ]
    with open(target, "w", encoding="utf-8") as file:
        file.write("\n".join(svg) + "\n")
    print(f"{used} lines")


main()
