using System.Text;

namespace Donmai.Core.Workareas;

/// <summary>Order by the unsigned bytes of the UTF-8 text, which UTF-16 order is not beyond U+FFFF (workareas.md §6.1).</summary>
internal sealed class ByteOrder : IComparer<string>
{
    private ByteOrder()
    {
    }

    /// <summary>The order.</summary>
    internal static ByteOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) =>
        Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
