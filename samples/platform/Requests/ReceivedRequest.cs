using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform.Requests;

/// <summary>A request as it arrived, and what became of it.</summary>
public sealed record ReceivedRequest
{
    /// <summary>Its number, from 1 without gaps.</summary>
    public long Number { get; init; }

    /// <summary>When its head had arrived, by the platform's clock.</summary>
    public DateTimeOffset ArrivedAt { get; init; }

    /// <summary>Method.</summary>
    public required string Method { get; init; }

    /// <summary>Path, as it was sent (percent-encoded).</summary>
    public required string Path { get; init; }

    /// <summary>Query with its question mark, or nothing.</summary>
    public string Query { get; init; } = "";

    /// <summary>Headers; tokens are replaced by what they are.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What it proved itself with.</summary>
    public Credential Credential { get; init; } = new(CredentialKind.None);

    /// <summary>The body, as it was sent; of a long one the beginning.</summary>
    public string Body { get; init; } = "";

    /// <summary>Length of the body in bytes.</summary>
    public int BodyLength { get; init; }

    /// <summary>The fault that struck it.</summary>
    public string? Fault { get; init; }

    /// <summary>Status of the answer; <see langword="null"/> while there is none, 0 when the connection was dropped.</summary>
    public int? Status { get; init; }

    /// <summary>When the answer was on its way.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Method and path.</summary>
    [JsonIgnore]
    public string Line => $"{Method} {Path}";
}
