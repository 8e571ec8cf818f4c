module.exports = { up: (output, context) => output.toUpperCase() };
