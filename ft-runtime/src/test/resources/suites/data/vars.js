module.exports = (vars, context) => ({ ...vars, a: 'z' });
