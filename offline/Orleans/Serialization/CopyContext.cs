namespace Orleans.Serialization;

/// <summary>Copies values that cross a grain boundary inside the process.</summary>
public readonly struct CopyContext
{
    private const int DeepestLevel = 256;

    private readonly int _level;

    private CopyContext(int level) => _level = level;

    private CopyContext Deeper => _level < DeepestLevel
        ? new CopyContext(_level + 1)
        : throw new InvalidOperationException("A value that crosses a grain boundary refers to itself, or is nested too deeply.");

    public T Copy<T>(T value)
    {
        if (value is null)
        {
            return value;
        }

        if (CodecOf<T>.IsExact || value.GetType() == typeof(T))
        {
            var exact = CodecOf<T>.Required;
            return exact.IsImmutable ? value : exact.Copy(value, Deeper);
        }

        var codec = Codecs.For(value.GetType());
        return codec.IsImmutable ? value : (T)codec.CopyObject(value, Deeper);
    }
}
