using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>Hashes of a former index, asked for in the order of paths.</summary>
/// <param name="index">A sound index.</param>
internal sealed class IndexCursor(SafeFileHandle index) : IDisposable
{
    private readonly IndexReader _reader = new(index, checkSum: false);
    private byte[] _path = [];
    private int _pathLength;
    private TreeStat _stat;
    private readonly byte[] _hash = new byte[IndexFormat.HashBytes];
    private bool _hasHash;
    private bool _ended;

    /// <summary>The hash of a file that is as it was.</summary>
    /// <returns>Whether it is known.</returns>
    public bool TryHash(ReadOnlySpan<byte> path, in TreeStat stat, Span<byte> hash)
    {
        while (!_ended && _path.AsSpan(0, _pathLength).SequenceCompareTo(path) < 0)
            Next();
        if (_ended || !_hasHash || _stat != stat || !_path.AsSpan(0, _pathLength).SequenceEqual(path))
            return false;
        _hash.CopyTo(hash);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private void Next()
    {
        _ended = !_reader.Next(out var line);
        if (_ended)
            return;
        if (line.Path.Length > _path.Length)
            Array.Resize(ref _path, Math.Max(line.Path.Length, _path.Length * 2));
        line.Path.CopyTo(_path);
        _pathLength = line.Path.Length;
        _stat = line.Stat;
        _hasHash = !line.Hash.IsEmpty;
        if (_hasHash)
            Convert.FromHexString(line.Hash, _hash, out _, out _);
    }
}
