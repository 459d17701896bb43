using System.Text.Json;
using Donmai.Cli.Rendering;
using Donmai.Sessions;

namespace Donmai.Cli.Sessions;

/// <summary>The session that a request becomes (control-api.md §4.9).</summary>
internal static class RunSpec
{
    /// <summary>Longest body the control API takes, in bytes (control-api.md §1.3).</summary>
    public const int LongestBody = 1024 * 1024;

    /// <summary>Makes it, and checks that it can be sent.</summary>
    /// <exception cref="CommandFailureException">The prompt is too long.</exception>
    public static SessionSpec Of(RunRequest request, string sessionId)
    {
        var spec = new SessionSpec
        {
            SessionId = sessionId,
            Repository = request.Repository.Address,
            Ref = request.Repository.Ref ?? "",
            Branch = request.Branch,
            PromptContext = request.Prompt,
            MaxDurationSeconds = (int)(request.MaxDuration?.TotalSeconds ?? 0),
            ResolvedProfile = request is { Provider: null, Model: null, Effort: null }
                ? null
                : new ResolvedProfile { Provider = request.Provider, Model = request.Model, Effort = request.Effort },
        };
        var size = JsonSerializer.SerializeToUtf8Bytes(spec, ControlApiJson.Default.SessionSpec).Length;
        return size <= LongestBody
            ? spec
            : throw new CommandFailureException(
                $"The prompt is too long: the request would have {Amounts.Bytes(size)}, and the daemon takes 1 MiB. Put the text into a file of the repository and refer to it.",
                ExitCode.NotStarted);
    }
}
