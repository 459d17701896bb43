using System.Text.Json;

namespace Donmai.Worker.Sessions;

/// <summary><c>state.json</c>: one writer at a time, always complete on disk (worker.md §2.7).</summary>
/// <param name="path">The file.</param>
/// <param name="clock">Source of time.</param>
internal sealed class StateFile(string path, TimeProvider clock)
{
    private readonly Lock _writing = new();

    /// <summary>Changes the document; one that is absent or malformed starts empty.</summary>
    /// <returns>What was written.</returns>
    public WorktreeState Update(Func<WorktreeState, WorktreeState> change)
    {
        lock (_writing)
        {
            var state = change(Read() ?? new WorktreeState()) with { LastUpdatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds() };
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(state, WorkerFilesJson.Default.WorktreeState));
            return state;
        }
    }

    /// <summary>The document; <see langword="null"/> when it is absent or malformed.</summary>
    public WorktreeState? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), WorkerFilesJson.Default.WorktreeState);
        }
        catch (Exception unusable) when (unusable is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
