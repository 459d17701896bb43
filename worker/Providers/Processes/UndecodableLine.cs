using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Processes;

/// <summary>The notice of a line that could not be read (worker.md §3.2): it taints no session.</summary>
internal static class UndecodableLine
{
    private const int Shown = 200;

    /// <summary>The notice, with the beginning of the line.</summary>
    public static SystemEvent Notice(string line) =>
        new() { Subtype = "undecodable_line", Message = line.Length <= Shown ? line : line[..(char.IsHighSurrogate(line[Shown - 1]) ? Shown - 1 : Shown)] };
}
