using System.Text.Json;
using Donmai.Core.Daemon;

namespace Donmai.Core.Platform;

/// <summary>A mutation that the platform asks for, as far as it could be read (platform-api.md §6.6).</summary>
public sealed record RemoteChange
{
    private const int LongestText = 2048;

    /// <summary>Its id; empty when it has none, so that it can be neither applied once nor acknowledged.</summary>
    public string Id { get; init; } = "";

    /// <summary>What is to be done.</summary>
    public string Op { get; init; } = "";

    /// <summary>Who asked for it.</summary>
    public string RequestedBy { get; init; } = "";

    /// <summary><c>id</c> of a project.</summary>
    public string ProjectId { get; init; } = "";

    /// <summary><c>repository</c> of a project.</summary>
    public string Repository { get; init; } = "";

    /// <summary><c>sessionId</c>.</summary>
    public string SessionId { get; init; } = "";

    /// <summary><c>poolId</c>.</summary>
    public string PoolId { get; init; } = "";

    /// <summary><c>candidatePoolIds</c>.</summary>
    public List<string> CandidatePoolIds { get; init; } = [];

    /// <summary><c>reason</c>.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Reads a mutation. What is missing or of another kind is empty.</summary>
    public static RemoteChange Read(JsonText mutation)
    {
        try
        {
            var pending = JsonSerializer.Deserialize(mutation.Text, PlatformJson.Default.PendingMutation);
            using var parameters = JsonDocument.Parse(pending?.Params?.Text ?? "{}");
            return new RemoteChange
            {
                Id = pending?.Id ?? "",
                Op = pending?.Op ?? "",
                RequestedBy = pending?.RequestedBy ?? "",
                ProjectId = Text(parameters, "id"),
                Repository = Text(parameters, "repository"),
                SessionId = Text(parameters, "sessionId"),
                PoolId = Text(parameters, "poolId"),
                CandidatePoolIds = Texts(parameters, "candidatePoolIds"),
                Reason = Text(parameters, "reason"),
            };
        }
        catch (JsonException)
        {
            return new RemoteChange();
        }
    }

    /// <summary>Why a project cannot be added as it is asked for; <see langword="null"/> when it can.</summary>
    public static string? Problem(string id, string repository)
    {
        if (string.IsNullOrWhiteSpace(id) || string.IsNullOrWhiteSpace(repository))
            return "id and repository are required";
        if (id.Length > LongestText || repository.Length > LongestText || id.Any(char.IsControl) || repository.Any(char.IsControl))
            return "id or repository is too long or has control characters";
        if (RepositorySecrets.PasswordIn(repository) is not null)
            return "the repository carries a user or password, which would be written down; leave it out and let the machine's git know it";
        return repository[0] is '-' || repository.Contains("::", StringComparison.Ordinal) || RepositoryName.Parse(repository).Path.Length == 0
            ? $"\"{repository}\" is no repository"
            : null;
    }

    private static string Text(JsonDocument parameters, string name) =>
        parameters.RootElement.ValueKind is JsonValueKind.Object && parameters.RootElement.TryGetProperty(name, out var value) ? Text(value) : "";

    private static List<string> Texts(JsonDocument parameters, string name) =>
        parameters.RootElement.ValueKind is JsonValueKind.Object && parameters.RootElement.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Text).Where(static text => text.Length > 0)]
            : [];

    private static string Text(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() ?? "" : "";
        }
        catch (InvalidOperationException)
        {
            return ""; // half a character
        }
    }
}
