using System.Globalization;

namespace Donmai.Core.Sessions;

/// <summary>
/// The parts of an event log (worker.md §2.7): a log that has become large is set aside as <c>events.1.jsonl</c>, <c>events.2.jsonl</c>, …, and goes on in a new
/// <c>events.jsonl</c>. Parts end with a whole line and never change.
/// </summary>
public static class EventLogParts
{
    /// <summary>Path of a part.</summary>
    /// <param name="log">Path of the log.</param>
    /// <param name="number">Number of the part, from 1.</param>
    public static string PathOf(string log, int number) => Path.ChangeExtension(log, number.ToString(CultureInfo.InvariantCulture) + Path.GetExtension(log));

    /// <summary>How many parts there are.</summary>
    /// <param name="log">Path of the log.</param>
    public static int Count(string log)
    {
        var count = 0;
        while (File.Exists(PathOf(log, count + 1)))
            count++;
        return count;
    }
}
