using System.Collections.Immutable;

namespace Orleans.Serialization;

internal sealed class ImmutableHashSetCodec<T> : SequenceCodec<ImmutableHashSet<T>, T>
{
    public override bool IsImmutable => ElementIsImmutable;

    protected override int Count(ImmutableHashSet<T> value) => value.Count;

    protected override IEnumerable<T> Elements(ImmutableHashSet<T> value) => value;

    protected override ImmutableHashSet<T> Create(List<T> elements, ImmutableHashSet<T>? original) =>
        ImmutableHashSet.CreateRange(original?.KeyComparer, elements);
}
