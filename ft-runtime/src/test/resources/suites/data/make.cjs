module.exports = (name, prompt, vars) => ({ output: `made of ${name}` });
