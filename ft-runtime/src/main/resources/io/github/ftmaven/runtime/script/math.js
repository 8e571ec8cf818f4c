// Formulas by mathjs.
"use strict";
const math = require("mathjs");
bridge.math = math;
math.parse("a ^ 2 + min(a, 1) * -2 / 3 > 1 and not b ? e : [f(x)]"); // what formulas are made of is made once

// What is wrong with a formula; nothing if it can be read and knows its functions, but for those it makes itself.
functions.formula = ({ formula }) => {
  let root;
  try {
    root = math.parse(formula);
  } catch (error) {
    return error.message;
  }
  const made = new Set(root.filter((node) => node.isFunctionAssignmentNode).map((node) => node.name));
  const unknown = root
    .filter((node) => node.isFunctionNode && node.fn.isSymbolNode)
    .map((node) => node.fn.name)
    .find((name) => !(name in math) && !made.has(name));
  return unknown === undefined ? "" : `Undefined function ${unknown}`;
};
