using System.Text;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

/// <summary>The file in which an agent finds the platform's token as it is in force (worker.md §6.1), for as long as the worker lives.</summary>
internal sealed partial class PlatformTokenFile : IDisposable
{
    private readonly string _path;
    private readonly ILogger _log;
    private string _written = "";

    /// <summary>Writes the first token, if there is one.</summary>
    /// <param name="record">The record directory.</param>
    /// <param name="detail">The session's detail.</param>
    /// <param name="log">The worker's log.</param>
    public PlatformTokenFile(RecordDirectory record, SessionDetail detail, ILogger log)
    {
        _path = record.PathOf(SessionRecordFiles.PlatformToken);
        _log = log;
        Write(detail);
    }

    /// <summary>Where it is; <see langword="null"/> when the session has no token.</summary>
    public string? Path => _written.Length > 0 ? _path : null;

    /// <summary>Replaces the token, unless it is the same.</summary>
    public void Write(SessionDetail detail)
    {
        if (string.IsNullOrWhiteSpace(detail.AuthToken) || detail.AuthToken == _written)
            return;
        try
        {
            AtomicFile.Write(_path, Encoding.UTF8.GetBytes(detail.AuthToken));
            _written = detail.AuthToken;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            NotWritten(_path, refused);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_path);
}
