export function longer(output) {
  return output.length > 3;
}

export default (output, context) => ({ pass: true, score: 0.5, reason: `saw ${Object.keys(context.vars).sort()}` });
