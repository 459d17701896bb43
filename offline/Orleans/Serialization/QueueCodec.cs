namespace Orleans.Serialization;

internal sealed class QueueCodec<T> : SequenceCodec<Queue<T>, T>
{
    protected override int Count(Queue<T> value) => value.Count;

    protected override IEnumerable<T> Elements(Queue<T> value) => value;

    protected override Queue<T> Create(List<T> elements, Queue<T>? original) => new(elements);
}
