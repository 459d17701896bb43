using System.Collections.Concurrent;
using System.Text.Json;
using Donmai.Core.Sessions.Children;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers.Processes;

/// <summary>
/// Asks the installed program for its version and options, two seconds at most, without any content of the session; the answer is kept
/// per path, size and time of change, for the workers that follow too (worker.md §4.0 CP-13).
/// </summary>
/// <param name="memory">Directory of the answers.</param>
/// <param name="clock">Source of time.</param>
/// <param name="help">Arguments that make the program print its options; <c>--help</c> when there are none.</param>
internal sealed class ProgramDescriptions(string memory, TimeProvider clock, params string[] help)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    private readonly string[] _help = help.Length > 0 ? help : ["--help"];
    private readonly ConcurrentDictionary<string, ProgramDescription> _known = new(StringComparer.Ordinal);

    /// <summary>What the program says of itself.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="environment">The agent's environment.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<ProgramDescription> Ask(string program, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var key = $"{ProgramStamp.Of(program)} {string.Join(' ', _help)}";
        var file = Path.Combine(memory, $"program-{Path.GetFileName(program)}.json");
        if (_known.TryGetValue(key, out var known) || (known = Recall(file, key)) is not null)
            return _known[key] = known;
        var options = Question(program, _help, environment, cancellationToken);
        var version = Question(program, ["--version"], environment, cancellationToken);
        var description = new ProgramDescription { Key = key, Help = (await options).Output, Version = (await version).Output.Trim() };
        if ((await options).Succeeded && (await version).Succeeded)
            Remember(file, description);
        return _known[key] = description;
    }

    // One file for each name: another program of that name takes its place.
    private static ProgramDescription? Recall(string file, string key)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), WorkerFilesJson.Default.ProgramDescription) is { } known && known.Key == key ? known : null;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    // Only time is lost when it cannot be written.
    private void Remember(string file, ProgramDescription description)
    {
        try
        {
            PrivateDirectory.Make(memory);
            AtomicFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(description, WorkerFilesJson.Default.ProgramDescription));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private Task<ProgramAnswer> Question(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        new ProgramQuestion(clock, Bound).Ask(program, arguments, environment, cancellationToken);
}
