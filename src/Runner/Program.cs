using AeVae.Runner.Commands;

return CommandLine.Create().Parse(args).Invoke();
