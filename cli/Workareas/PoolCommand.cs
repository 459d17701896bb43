using System.CommandLine;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai pool</c>: work areas that are kept ready.</summary>
internal static class PoolCommand
{
    public static Command Create() => new("pool", "The work areas that are kept ready.") { PoolStatsCommand.Create(), PoolEvictCommand.Create() };
}
