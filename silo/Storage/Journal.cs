using System.Buffers;
using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Storage;

/// <summary>
/// A durable map from <see cref="JournalKey"/> to bytes on the local disk: append, checksum, group commit, compaction
/// (architecture.md §5, docs/decisions/0006-the-journal.md). A write is acknowledged when it survives a power cut. Values stay on disk,
/// memory holds where they are.
/// </summary>
internal sealed partial class Journal : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int TypicalRecordLength = 1024;

    private readonly JournalOptions _options;
    private readonly JournalLock _lock;
    private readonly JournalFiles _files;
    private readonly JournalIndex _index;
    private readonly JournalCompactor _compactor;
    private readonly JournalWriter _writer;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _closeGate = new();
    private Thread? _compaction;
    private long _compactAgainAt;
    private bool _closed;

    private Journal(JournalOptions options, JournalLock held, JournalRecovery recovery, IJournalDisk disk, ILogger logger, JournalMetrics? metrics)
    {
        _options = options;
        _lock = held;
        _files = recovery.Files;
        _index = recovery.Index;
        _logger = logger;
        _compactor = new JournalCompactor(disk, options.Directory, _files, _index);
        if (recovery.Damaged.Count > 0)
            SetAsideDamage(recovery, disk);
        _writer = new JournalWriter(_files, _index, recovery.LastSequence, KeepInOrder, logger, metrics);
    }

    /// <summary>Number of keys that have a value.</summary>
    public int Count => _index.Count;

    /// <summary>Bytes of all files.</summary>
    public long FileLength => _files.TotalLength;

    /// <summary>Opens the journal in a directory, or starts one.</summary>
    /// <exception cref="JournalInUseException">It is open already.</exception>
    /// <exception cref="JournalDamagedException">Acknowledged records cannot be read.</exception>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    public static Journal Open(JournalOptions options, IJournalDisk disk, ILogger logger, JournalMetrics? metrics = null)
    {
        CreateDirectory(options.Directory, disk);
        var held = JournalLock.Take(options.Directory);
        var recovery = new JournalRecovery(disk, options.Directory, logger);
        try
        {
            recovery.Run();
            return new Journal(options, held, recovery, disk, logger, metrics);
        }
        catch
        {
            recovery.Files.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Reads the value of <paramref name="key"/>; <see langword="null"/> when it has none.</summary>
    /// <exception cref="JournalDamagedException">The record has changed on disk since it was written.</exception>
    public async ValueTask<JournalValue<T>?> ReadAsync<T>(
        JournalKey key, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellation)
    {
        while (_index.TryFind(key, out var entry))
        {
            try
            {
                return new JournalValue<T>(await JournalEntryReader.ReadAsync(key, entry, parse, cancellation), entry.Version);
            }
            catch (ObjectDisposedException) when (_index.TryFind(key, out var current) ? current != entry : !_closing.IsCancellationRequested)
            {
                // A snapshot replaced the file in between; the index knows the new place.
            }
        }

        return null;
    }

    /// <summary>Gives <paramref name="key"/> a value; ends, with the new version, when it is durable.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expected">The version that the value is based on, 0 when there was none.</param>
    /// <param name="payload">Writes the value.</param>
    /// <exception cref="JournalVersionException">The current version is another one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is longer than a record may be (256 MiB).</exception>
    /// <exception cref="JournalWriteException">The disk refused; the key has its value from before.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public Task<long> WriteAsync(JournalKey key, long expected, Action<IBufferWriter<byte>> payload)
    {
        var record = new PooledBuffer(TypicalRecordLength);
        try
        {
            JournalRecord.Begin(record, JournalRecordKind.Put, key);
            payload(record);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, JournalRecord.MaxLength, nameof(payload));
        }
        catch
        {
            record.Dispose();
            throw;
        }

        return Submit(new JournalWrite(key, JournalRecordKind.Put, expected, record));
    }

    /// <summary>Leaves <paramref name="key"/> without a value; ends when that is durable.</summary>
    /// <inheritdoc cref="WriteAsync" path="/exception"/>
    public Task ClearAsync(JournalKey key, long expected)
    {
        if (expected == 0 && _index.VersionOf(key) == 0)
            return Task.CompletedTask;
        var record = new PooledBuffer(TypicalRecordLength);
        JournalRecord.Begin(record, JournalRecordKind.Clear, key);
        return Submit(new JournalWrite(key, JournalRecordKind.Clear, expected, record));
    }

    /// <summary>Writes what was submitted, then closes the files and gives the directory free.</summary>
    public void Dispose()
    {
        lock (_closeGate)
        {
            if (_closed)
                return;
            _closed = true;
        }

        _writer.Dispose();
        _closing.Cancel();
        _compaction?.Join();
        _closing.Dispose();
        _files.Dispose();
        _lock.Dispose();
    }

    private static void CreateDirectory(string directory, IJournalDisk disk)
    {
        if (Directory.Exists(directory))
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnly);
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))) is { } parent)
            disk.FlushDirectory(parent);
    }

    private Task<long> Submit(JournalWrite write)
    {
        _writer.Submit(write);
        return write.Done;
    }

    private void SetAsideDamage(JournalRecovery recovery, IJournalDisk disk)
    {
        var last = _files.Active.Number;
        _files.StartLog(recovery.LastSequence);
        _compactor.Compact(last, recovery.LastSequence, recovery.Damaged, CancellationToken.None);
        disk.Delete(Path.Combine(_options.Directory, JournalRecovery.AcceptDamageName));
    }

    /// <summary>On the writer's thread, between two flushes: starts a new log or a snapshot when it is time.</summary>
    private void KeepInOrder()
    {
        try
        {
            var total = _files.TotalLength;
            var live = _index.LiveLength;
            var compact = _compaction is not { IsAlive: true }
                && total >= Volatile.Read(ref _compactAgainAt)
                && total - live >= Math.Max(_options.GarbageLength, live);
            if (!compact && _files.Active.Length < _options.SegmentLength)
                return;

            var lastNumber = _files.Active.Number;
            var sequence = _writer.LastSequence;
            _files.StartLog(sequence);
            if (!compact)
                return;
            _compaction = new Thread(() => Compact(lastNumber, sequence)) { IsBackground = true, Name = "journal compaction" };
            _compaction.Start();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The present log serves on; the next write tries again.
            LogNotStarted(_options.Directory, failure);
        }
    }

    private void Compact(long lastNumber, long sequence)
    {
        var before = _files.TotalLength;
        try
        {
            _compactor.Compact(lastNumber, sequence, FrozenSet<string>.Empty, _closing.Token);
            Compacted(_options.Directory, before, _files.TotalLength);
        }
        catch (OperationCanceledException)
        {
            // The journal is closing; the next one does it.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Volatile.Write(ref _compactAgainAt, before + _options.GarbageLength);
            NotCompacted(_options.Directory, failure);
        }
    }
}
