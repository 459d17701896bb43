using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace Donmai.Silo.Storage;

/// <summary>
/// The grain storage provider <c>journal</c>: states as JSON in a journal on the local disk (architecture.md §5). A write has
/// reached the disk when its task ends; the ETag is the number of the write in the journal and is never given twice.
/// </summary>
/// <param name="journal">The journal. Owned by this object.</param>
/// <param name="json">How states become JSON.</param>
internal sealed class JournalGrainStorage(Journal journal, StateJson json) : IGrainStorage, IDisposable
{
    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <summary>Reads a state; one that was never written or was cleared is a new <typeparamref name="T"/>.</summary>
    /// <exception cref="JournalDamagedException">The record has changed on disk since it was written.</exception>
    /// <exception cref="JsonException">The stored text does not fit <typeparamref name="T"/>.</exception>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var stored = await journal.ReadAsync(Key(stateName, grainId), json.Read<T>, cancellationToken);
        if (stored is null)
        {
            Reset(grainState);
            return;
        }

        grainState.State = stored.Value!;
        grainState.ETag = ETag(stored.Version);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <summary>Writes a state; it survives a power cut when the task ends. A write that has begun cannot be cancelled.</summary>
    /// <exception cref="InconsistentStateException">The state was written or cleared by somebody else since it was read.</exception>
    /// <exception cref="JournalWriteException">The disk refused; the state before is still there.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var version = await journal.WriteAsync(
                Key(stateName, grainId), Version(grainState), output => json.Write(output, grainState.State));
            grainState.ETag = ETag(version);
            grainState.RecordExists = true;
        }
        catch (JournalVersionException conflict)
        {
            throw Inconsistent(conflict, grainState);
        }
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <summary>Removes a state, durably when the task ends.</summary>
    /// <exception cref="InconsistentStateException">The state was written or cleared by somebody else since it was read.</exception>
    /// <exception cref="JournalWriteException">The disk refused; the state is still there.</exception>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await journal.ClearAsync(Key(stateName, grainId), Version(grainState));
            Reset(grainState);
        }
        catch (JournalVersionException conflict)
        {
            throw Inconsistent(conflict, grainState);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => journal.Dispose();

    private static JournalKey Key(string stateName, GrainId grainId) => new(stateName, grainId.ToString());

    private static string? ETag(long version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The version that an ETag stands for: 0 for none, and one that never existed for an ETag of another provider.</summary>
    private static long Version<T>(IGrainState<T> grainState)
    {
        if (string.IsNullOrEmpty(grainState.ETag))
            return 0;
        return long.TryParse(grainState.ETag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }

    private static void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = Empty<T>.Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static InconsistentStateException Inconsistent<T>(JournalVersionException conflict, IGrainState<T> grainState) =>
        new(conflict.Message, ETag(conflict.Current) ?? "", grainState.ETag ?? "", conflict);

    /// <summary>The state of a grain that has none: a new object where the type allows it.</summary>
    private static class Empty<T>
    {
        public static T Create() => CanCreate ? Activator.CreateInstance<T>() : default!;

        private static bool CanCreate { get; } = typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is not null;
    }
}
