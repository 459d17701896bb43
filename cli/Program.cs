using Donmai.Cli;

return await CommandLine.Run(args);
