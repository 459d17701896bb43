namespace Orleans.Runtime;

/// <summary>The name of a grain class in grain ids.</summary>
[Immutable]
public readonly record struct GrainType
{
    public GrainType(IdSpan id) => Value = id;

    public GrainType(byte[] value)
        : this(new IdSpan(value))
    {
    }

    public IdSpan Value { get; }

    public bool IsDefault => Value.IsDefault;

    public static GrainType Create(string value) => new(IdSpan.Create(value));

    public ReadOnlySpan<byte> AsSpan() => Value.AsSpan();

    public override string ToString() => Value.ToString();
}
