namespace Donmai.Bench.Gateway;

/// <summary>What a server did under load.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Slow">Time that 99 of 100 answers needed at most.</param>
internal sealed record RequestLoad(double PerSecond, TimeSpan Slow);
