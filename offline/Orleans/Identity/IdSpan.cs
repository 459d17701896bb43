using System.Text;

namespace Orleans.Runtime;

/// <summary>A part of an identity.</summary>
[Immutable]
public readonly record struct IdSpan
{
    private readonly string? _text;

    public IdSpan(byte[] value)
        : this(value.Length == 0 ? null : Encoding.UTF8.GetString(value))
    {
    }

    private IdSpan(string? text) => _text = text;

    public bool IsDefault => _text is null;

    public static IdSpan Create(string id) => new(id.Length == 0 ? null : id);

    public ReadOnlyMemory<byte> Value => Encoding.UTF8.GetBytes(ToString());

    public ReadOnlySpan<byte> AsSpan() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => _text ?? "";
}
