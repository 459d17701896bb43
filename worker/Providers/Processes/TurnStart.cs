using Donmai.Core.Sessions.Children;

namespace Donmai.Worker.Providers.Processes;

/// <summary>One run of an agent's program.</summary>
/// <param name="Process">What to start.</param>
/// <param name="Input">What is written to its standard input.</param>
internal sealed record TurnStart(ChildProcessStart Process, string Input);
