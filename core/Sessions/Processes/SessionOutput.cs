namespace Donmai.Core.Sessions.Processes;

/// <summary>What a session's two streams have shown so far.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="recordPath">Its record directory.</param>
/// <param name="fromEnd">Whether what is there already was shown before.</param>
internal sealed class SessionOutput(string sessionId, string recordPath, bool fromEnd)
{
    private readonly Lock _reading = new();

    /// <summary>The session.</summary>
    internal string SessionId => sessionId;

    private OutputTail Output { get; } = new(Path.Join(recordPath, SessionRecordFiles.StandardOutput), fromEnd);

    private OutputTail Error { get; } = new(Path.Join(recordPath, SessionRecordFiles.StandardError), fromEnd);

    /// <summary>Passes on what is new.</summary>
    /// <param name="atEnd">Whether nothing more will come: then a last line without line feed counts.</param>
    /// <param name="output">Receives the lines of standard output, <see langword="null"/> when nobody wants them.</param>
    /// <param name="error">Receives the lines of standard error, <see langword="null"/> when nobody wants them.</param>
    internal void Read(bool atEnd, Action<string, string>? output, Action<string, string>? error)
    {
        lock (_reading)
        {
            Output.Read(atEnd, output is null ? null : line => output(sessionId, line));
            Error.Read(atEnd, error is null ? null : line => error(sessionId, line));
        }
    }
}
