namespace Orleans.Serialization;

internal sealed class ArrayCodec<T> : TypeCodec<T[]>
{
    public override T[] Copy(T[] value, CopyContext context)
    {
        if (Immutability.Of<T>())
        {
            return (T[])value.Clone();
        }

        var copy = new T[value.Length];
        for (var i = 0; i < value.Length; i++)
        {
            copy[i] = context.Copy(value[i]);
        }

        return copy;
    }

    public override void Write(WireWriter writer, T[] value)
    {
        if (value is byte[] bytes)
        {
            writer.Bytes(bytes);
            return;
        }

        writer.Integer(value.Length);
        foreach (var element in value)
        {
            writer.Write(element);
        }
    }

    public override T[] Read(WireReader reader)
    {
        if (typeof(T) == typeof(byte))
        {
            return (T[])(object)reader.Bytes().ToArray();
        }

        var count = reader.Count();
        var elements = new List<T>(Math.Min(count, 4096));
        for (var i = 0; i < count; i++)
        {
            elements.Add(reader.Read<T>());
        }

        return [.. elements];
    }
}
