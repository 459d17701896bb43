using System.Text;

namespace Donmai.Core.Tests.Daemon.Updates;

/// <summary>An answer of the source of releases.</summary>
internal sealed record SourceAnswer
{
    public int Status { get; init; } = 200;

    public byte[] Body { get; init; } = [];

    /// <summary>What the answer claims as its length.</summary>
    public long? Length { get; init; }

    /// <summary>Whether it says no length, and ends with the connection.</summary>
    public bool HasNoLength { get; init; }

    /// <summary>Whether nothing is answered.</summary>
    public bool IsSilent { get; init; }

    public string? Tag { get; init; }

    public string? Location { get; init; }

    /// <summary>Completes when it was asked for.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Head
    {
        get
        {
            var head = new StringBuilder($"HTTP/1.1 {Status} Whatever\r\nConnection: close\r\n");
            if (!HasNoLength)
                head.Append($"Content-Length: {Length ?? Body.Length}\r\n");
            if (Tag is not null)
                head.Append($"ETag: {Tag}\r\n");
            if (Location is not null)
                head.Append($"Location: {Location}\r\n");
            return head.Append("\r\n").ToString();
        }
    }
}
