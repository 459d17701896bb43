namespace Orleans.Serialization;

internal sealed class ListCodec<T> : SequenceCodec<List<T>, T>
{
    protected override int Count(List<T> value) => value.Count;

    protected override IEnumerable<T> Elements(List<T> value) => value;

    protected override List<T> Create(List<T> elements, List<T>? original) => elements;
}
