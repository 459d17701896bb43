namespace Donmai.Core.Workareas.Trees;

/// <summary>The names in one directory as bytes, in one block however many they are.</summary>
internal sealed class TreeNames
{
    private const int InitialBytes = 1024;

    private byte[] _bytes = new byte[InitialBytes];
    private int _used;
    private readonly List<(int Start, int Length)> _names = [];

    /// <summary>How many there are.</summary>
    public int Count => _names.Count;

    /// <summary>One of them.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_names[index].Start, _names[index].Length);

    /// <summary>Adds a name.</summary>
    public void Add(ReadOnlySpan<byte> name)
    {
        if (_used + name.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + name.Length));
        name.CopyTo(_bytes.AsSpan(_used));
        _names.Add((_used, name.Length));
        _used += name.Length;
    }

    /// <summary>Sorts them by their bytes.</summary>
    public TreeNames Sort()
    {
        _names.Sort((one, other) => _bytes.AsSpan(one.Start, one.Length).SequenceCompareTo(_bytes.AsSpan(other.Start, other.Length)));
        return this;
    }
}
