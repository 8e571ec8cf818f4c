module.exports = (output, context) => ({
  pass: output.length > 3,
  score: 1,
  reason: `asked with ${Object.keys(context.vars).length} variables`,
});
module.exports.longer = (output) => output.length > 10;
