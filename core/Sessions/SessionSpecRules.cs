using System.Text.Json;
using System.Text.RegularExpressions;
using Donmai.Core.Platform;
using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>What a request for a session must look like, whoever sends it (control-api.md §4.9).</summary>
public static partial class SessionSpecRules
{
    private const int MostTools = 32;

    /// <summary>Checks a request.</summary>
    /// <exception cref="InvalidSessionSpecException">A member is not usable.</exception>
    public static void Check(SessionSpec spec)
    {
        if (string.IsNullOrEmpty(spec.SessionId))
            throw new InvalidSessionSpecException("sessionId is required");
        if (!SessionIds.IsUsable(spec.SessionId))
            throw new InvalidSessionSpecException(
                $"sessionId must be 1 to {SessionIds.MaximumLength} characters of A-Z a-z 0-9 . _ : - and must not begin with a dot");
        if (string.IsNullOrWhiteSpace(spec.Repository))
            throw new InvalidSessionSpecException("repository is required");
        if (spec.MaxDurationSeconds < 0)
            throw new InvalidSessionSpecException("maxDurationSeconds must not be negative");
        if (spec.Resources is { VCpu: < 0 } or { MemoryMb: < 0 })
            throw new InvalidSessionSpecException("resources must not be negative");
        CheckTools(spec.Resources?.Tools);
        CheckPlain("repository", spec.Repository);
        CheckName("ref", spec.Ref);
        CheckName("branch", spec.Branch);
        CheckWork(spec.WorkItem);
    }

    /// <summary>Checks the programs that a session asks for.</summary>
    /// <exception cref="InvalidSessionSpecException">There are too many, or one is no name.</exception>
    internal static void CheckTools(List<string>? tools)
    {
        if (tools is null)
            return;
        if (tools.Count > MostTools)
            throw new InvalidSessionSpecException($"resources.tools names {tools.Count} programs; it may name {MostTools}");
        if (tools.Exists(static tool => tool is null || !Tool().IsMatch(tool)))
            throw new InvalidSessionSpecException("resources.tools must be names of programs: 1 to 64 characters of A-Z a-z 0-9 . _ + -");
    }

    private static void CheckWork(JsonText? item)
    {
        try
        {
            if (item is not null)
                WorkItem.Read(item);
        }
        catch (JsonException broken)
        {
            throw new InvalidSessionSpecException($"the work item cannot be read: {broken.Message}");
        }
    }

    /// <summary>A name that git would take for an option is refused.</summary>
    private static void CheckName(string member, string? value)
    {
        CheckPlain(member, value);
        if (value is ['-', ..])
            throw new InvalidSessionSpecException($"{member} must not begin with a dash");
    }

    private static void CheckPlain(string member, string? value)
    {
        if (value is not null && value.Any(char.IsControl))
            throw new InvalidSessionSpecException($"{member} must not contain control characters");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._+-]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tool();
}
