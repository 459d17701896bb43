using System.Collections.Immutable;

namespace Orleans.Serialization;

internal sealed class ImmutableDictionaryCodec<TKey, TValue> : SequenceCodec<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    public override bool IsImmutable => ElementIsImmutable;

    protected override int Count(ImmutableDictionary<TKey, TValue> value) => value.Count;

    protected override IEnumerable<KeyValuePair<TKey, TValue>> Elements(ImmutableDictionary<TKey, TValue> value) => value;

    protected override ImmutableDictionary<TKey, TValue> Create(
        List<KeyValuePair<TKey, TValue>> elements, ImmutableDictionary<TKey, TValue>? original) =>
        ImmutableDictionary.CreateRange(original?.KeyComparer, elements);
}
