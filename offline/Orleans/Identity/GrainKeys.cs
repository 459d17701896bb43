using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Keys of grains as text: integers in hexadecimal, Guids without dashes.</summary>
internal static class GrainKeys
{
    public static IdSpan Of(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    public static IdSpan Of(Guid key) => IdSpan.Create(key.ToString("N"));

    public static IdSpan Of(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return IdSpan.Create(key);
    }

    public static bool TryReadInteger(IdSpan key, out long value) =>
        long.TryParse(key.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
