using Donmai.Silo.Daemon;

namespace Donmai.Cli;

/// <summary>What runs, in one line.</summary>
internal static class ProgramVersion
{
    /// <summary>Version and engine, e.g. <c>0.1.0 (engine: Microsoft Orleans 10.4.2)</c>.</summary>
    public static string Text
    {
        get
        {
            var program = EngineName.Identify();
            return $"{program.Version} (engine: {program.Engine})";
        }
    }
}
