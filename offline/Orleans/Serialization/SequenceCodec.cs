namespace Orleans.Serialization;

/// <summary>The base of codecs of collections: a count, and the elements.</summary>
internal abstract class SequenceCodec<TSequence, TElement> : TypeCodec<TSequence>
    where TSequence : notnull
{
    /// <summary>Never more room than this is made on the word of the other side alone.</summary>
    private const int MostRoom = 4096;

    protected static bool ElementIsImmutable => Immutability.Of<TElement>();

    public sealed override TSequence Copy(TSequence value, CopyContext context)
    {
        var copies = new List<TElement>(Count(value));
        foreach (var element in Elements(value))
        {
            copies.Add(context.Copy(element));
        }

        return Create(copies, value);
    }

    public sealed override void Write(WireWriter writer, TSequence value)
    {
        writer.Integer(Count(value));
        foreach (var element in Elements(value))
        {
            writer.Write(element);
        }
    }

    public sealed override TSequence Read(WireReader reader)
    {
        var count = reader.Count();
        var elements = new List<TElement>(Math.Min(count, MostRoom));
        for (var i = 0; i < count; i++)
        {
            elements.Add(reader.Read<TElement>());
        }

        return Create(elements, default);
    }

    protected abstract int Count(TSequence value);

    protected abstract IEnumerable<TElement> Elements(TSequence value);

    /// <param name="elements">The new elements, which the result may keep.</param>
    /// <param name="original">What is copied, if something is copied: it may have a comparer.</param>
    protected abstract TSequence Create(List<TElement> elements, TSequence? original);
}
