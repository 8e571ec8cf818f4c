module.exports = async function ({ vars, provider }) { return `Hi ${vars.name} from ${provider && provider.id}`; };
