using System.Text;
using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Sessions;

namespace Donmai.Core.Platform;

/// <summary>A work item that was fetched, as far as it could be read (platform-api.md §7.2). One that is malformed costs no other.</summary>
public sealed record FetchedWork
{
    /// <summary>Bytes that an item may have: its worker reads it before every call to the platform.</summary>
    public const int LargestItem = 1024 * 1024;

    /// <summary>The item as it came.</summary>
    public required JsonText Raw { get; init; }

    /// <summary>The session that it is; empty when it does not say.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>What was read; <see langword="null"/> when it cannot be used.</summary>
    public WorkItem? Item { get; init; }

    /// <summary>Why it cannot be used, for people.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Reads an item; whatever is wrong with it is in the result.</summary>
    public static FetchedWork Read(JsonText raw)
    {
        var work = new FetchedWork { Raw = raw, SessionId = IdOf(raw) };
        if (Encoding.UTF8.GetByteCount(raw.Text) is > LargestItem and var size)
            return work with { Problem = $"the work item has {size} bytes, more than {LargestItem}" };
        try
        {
            var item = WorkItem.Read(raw);
            return string.IsNullOrEmpty(item.SessionId) ? work with { Problem = "the work item has no sessionId" } : work with { Item = item, SessionId = item.SessionId };
        }
        catch (JsonException broken)
        {
            return work with { Problem = $"the work item cannot be read: {broken.Message}" };
        }
    }

    /// <summary>What the spawner is asked for.</summary>
    /// <param name="item">The item.</param>
    /// <param name="raw">The same as it came.</param>
    /// <param name="allowlist">The projects as they are now.</param>
    public static SessionSpec Spec(WorkItem item, JsonText raw, ProjectAllowlist allowlist) => new()
    {
        SessionId = item.SessionId ?? "",
        Repository = Repository(item, allowlist),
        Ref = item.Ref ?? "",
        Resources = item.Resources,
        Env = item.Env,
        MaxDurationSeconds = item.MaxDurationSeconds,
        PromptContext = item.PromptContext,
        Title = item.Title,
        Branch = item.Branch,
        WorkType = item.WorkType,
        ResolvedProfile = item.ResolvedProfile,
        ModelProfile = item.ModelProfile,
        ProviderSessionId = item.ProviderSessionId,
        WorkItem = raw,
    };

    /// <summary>The repository if the machine knows it, else the project's name if the machine knows that, else whichever there is (daemon-runtime.md §8.1).</summary>
    private static string Repository(WorkItem item, ProjectAllowlist allowlist)
    {
        string?[] names = [item.Repository, item.ProjectName];
        return Array.Find(names, name => !string.IsNullOrEmpty(name) && IsKnown(RepositorySecrets.Strip(name), allowlist))
            ?? Array.Find(names, static name => !string.IsNullOrEmpty(name))
            ?? "";
    }

    private static bool IsKnown(string name, ProjectAllowlist allowlist)
    {
        try
        {
            return allowlist.Match(name) is not null;
        }
        catch (SessionRefusedException)
        {
            return false; // several projects: the other name may be a single one's, and the spawner says what is wrong if it is not
        }
    }

    /// <summary>The session that an item is; empty when it does not say.</summary>
    public static string IdOf(JsonText raw)
    {
        try
        {
            using var document = JsonDocument.Parse(raw.Text);
            return document.RootElement is { ValueKind: JsonValueKind.Object } item
                && item.TryGetProperty("sessionId", out var id) && id.ValueKind == JsonValueKind.String
                    ? id.GetString() ?? ""
                    : "";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
