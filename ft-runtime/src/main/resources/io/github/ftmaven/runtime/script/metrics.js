// Metrics that are derived from others.
"use strict";
const { math } = bridge;
math.evaluate("log(8, 2) * pow(2, 2) ^ 2 / min(1, 2) > 1 ? -a : round(a, 2)", { a: 1 }); // what most formulas need is made once

// What the metrics come to, as promptfoo computes them: anew after each row, of whose contexts there is one, each with the
// metrics before it, and with what the last row left. One that fails stays what it was, at first 0.
functions.derived = ({ metrics, contexts }) => {
  const compiled = metrics.map(({ formula }) => math.compile(formula));
  const values = {};
  for (const named of contexts) {
    const context = { ...values, ...named };
    metrics.forEach(({ name }, m) => {
      values[name] ??= 0;
      try {
        values[name] = compiled[m].evaluate(context);
        context[name] = values[name];
      } catch {
        // promptfoo says so in its log alone.
      }
    });
  }
  return values;
};
