module.exports = {
  chat: ({ vars }) => [{ role: 'user', content: 'Hey ' + vars.name }],
  obj: ({ vars }) => ({ prompt: 'Yo ' + vars.name, config: { temperature: 0.2 } }),
};
