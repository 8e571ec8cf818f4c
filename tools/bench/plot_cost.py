"""Draws docs/performance/cost.csv: seconds of a step against length, rank, batch and learnt rows. Needs no packages.

    python tools/bench/plot_cost.py COST.csv COST.svg
"""
import csv
import math
import sys

PANELS = [("length", "tokens of one document"), ("rank", "rank, 4 documents of 256 tokens"),
          ("batch", "documents of 256 tokens"), ("rows", "learnt tokens of 4 x 256")]
WIDTH, HEIGHT, LEFT, TOP, GAP_X, GAP_Y = 340, 200, 58, 46, 90, 84
COLORS = {"float32": "ours", "bfloat16": "half"}
STYLE = """
  text { font: 12px sans-serif; fill: #333 } .title { font-weight: bold } .end { text-anchor: end } .middle { text-anchor: middle }
  .axis { stroke: #777; fill: none } .grid { stroke: #ccc } .ours { stroke: #1f77b4 } .half { stroke: #d9700a }
  .line { fill: none; stroke-width: 2 } circle.ours { fill: #1f77b4 } circle.half { fill: #d9700a }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } .axis { stroke: #999 } .grid { stroke: #444 }
    .ours { stroke: #6cb6f0 } .half { stroke: #ffab5e } circle.ours { fill: #6cb6f0 } circle.half { fill: #ffab5e } }
"""


def ceiling(value):
    step = 10 ** math.floor(math.log10(value))
    return next(m * step for m in (1, 2, 2.5, 5, 10) if m * step >= value)


def panel(out, rows, name, label, x0, y0):
    own = [(r["type"], int(r["value"]), float(r["seconds"])) for r in rows if r["varied"] == name]
    values = sorted({v for _, v, _ in own})
    low, high, top = math.log(values[0]), math.log(values[-1]), ceiling(max(s for _, _, s in own))

    def x(value):
        return x0 + WIDTH * (math.log(value) - low) / (high - low)

    def y(seconds):
        return y0 + HEIGHT * (1 - seconds / top)

    for i in range(5):
        height = y(top * i / 4)
        out.append('<line class="grid" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/>' % (x0, x0 + WIDTH, height, height))
        out.append('<text class="end" x="%d" y="%.1f">%.3g</text>' % (x0 - 6, height + 4, top * i / 4))
    for value in values:
        out.append('<text class="middle" x="%.1f" y="%d">%d</text>' % (x(value), y0 + HEIGHT + 17, value))
    out.append('<path class="axis" d="M%d %dV%dH%d"/>' % (x0, y0, y0 + HEIGHT, x0 + WIDTH))
    out.append('<text class="title" x="%d" y="%d">seconds by %s</text>' % (x0, y0 - 12, name))
    out.append('<text class="middle" x="%d" y="%d">%s</text>' % (x0 + WIDTH // 2, y0 + HEIGHT + 35, label))
    for kind, color in COLORS.items():
        points = [(x(v), y(s)) for t, v, s in own if t == kind]
        out.append('<polyline class="line %s" points="%s"/>' % (color, " ".join("%.1f,%.1f" % p for p in points)))
        out += ['<circle class="%s" cx="%.1f" cy="%.1f" r="3"/>' % ((color,) + p) for p in points]


def main():
    rows = list(csv.DictReader(open(sys.argv[1])))
    width, height = 2 * (WIDTH + GAP_X), 2 * (HEIGHT + GAP_Y) + TOP
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img">' % (width, height),
           "<title>What a training step costs by length, rank, batch and learnt rows</title>", "<style>%s</style>" % STYLE]
    for i, (kind, color) in enumerate(COLORS.items()):
        out.append('<line class="line %s" x1="%d" x2="%d" y1="14" y2="14"/>' % (color, LEFT + 110 * i, LEFT + 110 * i + 24))
        out.append('<text x="%d" y="18">%s</text>' % (LEFT + 110 * i + 30, kind))
    for i, (name, label) in enumerate(PANELS):
        panel(out, rows, name, label, LEFT + (i % 2) * (WIDTH + GAP_X), TOP + 8 + (i // 2) * (HEIGHT + GAP_Y))
    out.append("</svg>")
    with open(sys.argv[2], "w", newline="\n") as file:
        file.write("\n".join(out) + "\n")


main()
