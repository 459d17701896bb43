using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Donmai.Core.Sessions.Children;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers.Claude;

/// <summary>
/// Asks the installed program for its version and options, two seconds at most, without any content of the session; the answer is kept
/// per path, size and time of change, for the workers that follow too (worker.md §4.0 CP-13).
/// </summary>
/// <param name="memory">Directory of the answers.</param>
/// <param name="clock">Source of time.</param>
internal sealed class ClaudeProbe(string memory, TimeProvider clock)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, ClaudeFeatures> _known = new(StringComparer.Ordinal);

    /// <summary>What the program understands.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="environment">The agent's environment.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<ClaudeFeatures> Ask(string program, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var key = ProgramStamp.Of(program);
        if (_known.TryGetValue(key, out var known) || (known = Recall(key)) is not null)
            return _known[key] = known;
        var help = Output(program, ["--help"], environment, cancellationToken);
        var version = Output(program, ["--version"], environment, cancellationToken);
        var features = ClaudeFeatures.FromHelp(await help, await version);
        if (features != ClaudeFeatures.Unknown)
            Remember(key, features);
        return _known[key] = features;
    }

    private string PathOf(string key) =>
        Path.Combine(memory, $"claude-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]}.json");

    private ClaudeFeatures? Recall(string key)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(key)), WorkerFilesJson.Default.ClaudeFeatures);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    // Only time is lost when it cannot be written.
    private void Remember(string key, ClaudeFeatures features)
    {
        try
        {
            PrivateDirectory.Make(memory);
            AtomicFile.Write(PathOf(key), JsonSerializer.SerializeToUtf8Bytes(features, WorkerFilesJson.Default.ClaudeFeatures));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private async Task<string> Output(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        (await new ProgramQuestion(clock, Bound).Ask(program, arguments, environment, cancellationToken)).Output;
}
