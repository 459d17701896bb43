namespace Orleans.Serialization;

internal sealed class HashSetCodec<T> : SequenceCodec<HashSet<T>, T>
{
    protected override int Count(HashSet<T> value) => value.Count;

    protected override IEnumerable<T> Elements(HashSet<T> value) => value;

    protected override HashSet<T> Create(List<T> elements, HashSet<T>? original) => new(elements, original?.Comparer);
}
