namespace Orleans.Serialization;

internal sealed class DictionaryCodec<TKey, TValue> : SequenceCodec<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    protected override int Count(Dictionary<TKey, TValue> value) => value.Count;

    protected override IEnumerable<KeyValuePair<TKey, TValue>> Elements(Dictionary<TKey, TValue> value) => value;

    protected override Dictionary<TKey, TValue> Create(List<KeyValuePair<TKey, TValue>> elements, Dictionary<TKey, TValue>? original) =>
        new(elements, original?.Comparer);
}
