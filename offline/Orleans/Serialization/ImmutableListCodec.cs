using System.Collections.Immutable;

namespace Orleans.Serialization;

internal sealed class ImmutableListCodec<T> : SequenceCodec<ImmutableList<T>, T>
{
    public override bool IsImmutable => ElementIsImmutable;

    protected override int Count(ImmutableList<T> value) => value.Count;

    protected override IEnumerable<T> Elements(ImmutableList<T> value) => value;

    protected override ImmutableList<T> Create(List<T> elements, ImmutableList<T>? original) => [.. elements];
}
