namespace Donmai.Core.Workareas;

/// <summary>Order by the unsigned bytes of the UTF-8 text, which UTF-16 order is not beyond U+FFFF (workareas.md §6.1).</summary>
public sealed class ByteOrder : IComparer<string>
{
    private ByteOrder()
    {
    }

    /// <summary>The order.</summary>
    public static ByteOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var one = x.AsSpan();
        var other = y.AsSpan();
        var alike = one.CommonPrefixLength(other);
        return alike == one.Length || alike == other.Length ? one.Length - other.Length : Rank(one[alike]) - Rank(other[alike]);
    }

    // Surrogates make up what lies beyond U+FFFF: they come after all others, but are not the last of the numbers.
    private static int Rank(char unit) => unit < '\ud800' ? unit : char.IsSurrogate(unit) ? unit + 0x2000 : unit - 0x800;
}
