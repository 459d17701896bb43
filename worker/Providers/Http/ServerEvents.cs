using System.Text;

namespace Donmai.Worker.Providers.Http;

/// <summary>Puts the data of server-sent events together from the lines they are written in (worker.md §4.4.1).</summary>
internal sealed class ServerEvents
{
    private const int LongestEvent = 32 * 1024 * 1024;

    private readonly StringBuilder _data = new();
    private bool _hasData;

    /// <summary>Takes a line without its end, the empty ones included.</summary>
    /// <returns>The data of the event that it ends; <see langword="null"/> when it ends none.</returns>
    public string? Take(string line)
    {
        if (line.Length == 0)
            return End();
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon == 0 || (colon < 0 ? line : line[..colon]) != "data")
            return null;
        // One that never ends fills no memory: what is kept of it is no JSON, and said to be none.
        if (_data.Length + line.Length >= LongestEvent)
            return null;
        if (_hasData)
            _data.Append('\n');
        _hasData = true;
        if (colon > 0)
            _data.Append(line.AsSpan(colon + 1 + (line.AsSpan(colon + 1).StartsWith(" ") ? 1 : 0)));
        return null;
    }

    /// <summary>The data of an event that was not closed.</summary>
    public string? End()
    {
        if (!_hasData)
            return null;
        var data = _data.ToString();
        _data.Clear();
        _hasData = false;
        return data;
    }
}
