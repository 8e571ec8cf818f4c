module.exports = (namedScores, context) => ({ pass: true, score: 0.77, reason: JSON.stringify(namedScores) });
